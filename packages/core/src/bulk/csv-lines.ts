import { type LineEnding, lineEndingText } from '../csv/dialect.ts'
import { RecordScanner } from '../csv/record-scanner.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { sentColumns } from './ingest-columns.ts'
import type { SettledIngestOptions } from './ingest-options.ts'
import type { LineBlock } from './line-block.ts'
import type { RejectedRows } from './rejected-rows.ts'

/**
 * Finds the rows of a CSV. Their bytes are passed on as they are; only line ends that differ from the job's are
 * replaced. Records that cannot be read are put among the rejected ones.
 */
export class CsvLines {
  /** Rows read so far, those that cannot be sent among them. */
  position = 0
  /** The columns as they are sent, once the header is read. */
  columns: readonly string[] | undefined
  /** How lines end; meaningful once the header is read. */
  lineEnding: LineEnding = 'LF'
  readonly #scanner: RecordScanner
  readonly #options: SettledIngestOptions
  readonly #rejected: RejectedRows
  /** How many records of the present block come before each malformed one. */
  #malformed: number[] = []
  #ending: Uint8Array = new Uint8Array(0)
  #sizes: Uint32Array<ArrayBuffer> = new Uint32Array(0)
  #adapted: Uint8Array<ArrayBuffer> = new Uint8Array(0)

  constructor(options: SettledIngestOptions, rejected: RejectedRows) {
    this.#options = options
    this.#rejected = rejected
    this.#scanner = new RecordScanner({
      columnDelimiter: options.columnDelimiter,
      onMalformed: ({ line, reason, text, header }) => {
        if (header) throw new ConfigurationError(`The header of the CSV (line ${line}) cannot be read: ${reason}.`)
        const position = this.position + this.#scanner.count + this.#malformed.length
        this.#malformed.push(this.#scanner.count)
        this.#rejected.add('MALFORMED_CSV', `Line ${line}: ${reason}. The line is: ${text}`, position)
      },
    })
  }

  /**
   * Takes the next bytes; answers the rows that became complete.
   * @throws ConfigurationError when the header cannot be used.
   */
  push(chunk: Uint8Array): LineBlock {
    this.#malformed = []
    this.#scanner.push(chunk)
    return this.#block()
  }

  /** Says that there are no more bytes; answers the rows that are left. */
  end(): LineBlock {
    this.#malformed = []
    this.#scanner.end()
    return this.#block()
  }

  #block(): LineBlock {
    const { header, bytes, bounds, count } = this.#scanner
    if (header !== undefined && this.columns === undefined) this.#begin(header)
    const from = this.position
    this.position += count + this.#malformed.length
    const sizes = this.#sizesOf(count)
    if (!this.#areAsSent(count)) return { from, sizes, bytes: this.#asSent(count, sizes) }
    return { from, sizes, bytes: bytes.subarray(bounds[0], count === 0 ? bounds[0] : bounds[count * 3 - 1]) }
  }

  #sizesOf(count: number): Uint32Array {
    const { bounds } = this.#scanner
    const ending = this.#ending.length
    const malformed = this.#malformed
    const entries = count + malformed.length
    if (entries > this.#sizes.length) this.#sizes = new Uint32Array(entries * 2)
    const sizes = this.#sizes.subarray(0, entries)
    let before = 0
    for (let index = 0; index < count; index += 1) {
      while (before < malformed.length && (malformed[before] as number) <= index) sizes[index + before++] = 0
      sizes[index + before] = (bounds[index * 3 + 1] as number) - (bounds[index * 3] as number) + ending
    }
    return sizes.fill(0, count + before)
  }

  /** Whether the rows lie side by side and end as the job's lines do. */
  #areAsSent(count: number): boolean {
    const { bounds } = this.#scanner
    const ending = this.#ending.length
    let next = bounds[0] as number
    for (let at = 0; at < count * 3; at += 3) {
      if (bounds[at] !== next) return false
      next = bounds[at + 2] as number
      if (next - (bounds[at + 1] as number) !== ending) return false
    }
    return true
  }

  /** The rows side by side, each with the line ending of the job. */
  #asSent(count: number, sizes: Uint32Array): Uint8Array {
    const { bytes, bounds } = this.#scanner
    const total = sizes.reduce((sum, size) => sum + size, 0)
    if (total > this.#adapted.length) this.#adapted = new Uint8Array(total * 2)
    let to = 0
    for (let at = 0; at < count * 3; at += 3) {
      const line = bytes.subarray(bounds[at], bounds[at + 1])
      this.#adapted.set(line, to)
      to += line.length
      this.#adapted.set(this.#ending, to)
      to += this.#ending.length
    }
    return this.#adapted.subarray(0, to)
  }

  #begin(header: readonly string[]): void {
    if (header.some((name) => name.includes('\0'))) {
      throw new ConfigurationError('The CSV is not UTF-8 (it looks like UTF-16). Save it as UTF-8 and load it again.')
    }
    this.lineEnding = this.#options.lineEnding ?? this.#scanner.lineEnding
    this.#ending = new TextEncoder().encode(lineEndingText[this.lineEnding])
    this.columns = sentColumns(header, this.#options)
  }
}
