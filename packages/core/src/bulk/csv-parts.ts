import { type LineEnding, lineEndingText } from '../csv/dialect.ts'
import { LineWriter } from '../csv/line-writer.ts'
import { RecordScanner } from '../csv/record-scanner.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { sentColumns } from './ingest-columns.ts'
import type { SettledIngestOptions } from './ingest-options.ts'
import { type IngestPart, PartBuffer } from './ingest-part.ts'
import type { RejectedRows } from './rejected-rows.ts'

/**
 * Splits a CSV into parts of whole rows, each with the header. The bytes of the rows are passed on as they are; only
 * line ends that differ from the job's are replaced. Records that cannot be read and rows beyond the size of a job are
 * put among the rejected ones.
 * @throws ConfigurationError when the header cannot be used.
 */
export async function* csvParts(
  chunks: AsyncIterable<Uint8Array>,
  options: SettledIngestOptions,
  rejected: RejectedRows,
): AsyncGenerator<IngestPart, void, undefined> {
  const scanner = new RecordScanner({
    columnDelimiter: options.columnDelimiter,
    onMalformed: ({ line, reason, text, header }) => {
      if (header) throw new ConfigurationError(`The header of the CSV (line ${line}) cannot be read: ${reason}.`)
      rejected.add('MALFORMED_CSV', `Line ${line}: ${reason}. The line is: ${text}`)
    },
  })
  const splitter = new CsvSplitter(scanner, options, rejected)
  for await (const chunk of chunks) {
    scanner.push(chunk)
    yield* splitter.block()
  }
  scanner.end()
  yield* splitter.block()
  yield* splitter.rest()
}

/** Moves the records that a scanner found into parts. */
class CsvSplitter {
  readonly #scanner: RecordScanner
  readonly #options: SettledIngestOptions
  readonly #rejected: RejectedRows
  #header = ''
  #lineEnding: LineEnding = 'LF'
  #ending: Uint8Array = new Uint8Array(0)
  #part: PartBuffer | undefined
  #index = 0
  #row = 0

  constructor(scanner: RecordScanner, options: SettledIngestOptions, rejected: RejectedRows) {
    this.#scanner = scanner
    this.#options = options
    this.#rejected = rejected
  }

  /** Takes the records of the scanner's latest block; answers the parts that became full. */
  *block(): Generator<IngestPart, void, undefined> {
    const { header, bytes, bounds, count } = this.#scanner
    if (header === undefined) return
    this.#part ??= this.#begin(header)
    const ending = this.#ending.length
    // Rows that lie side by side and end as the job's lines do are copied in one piece.
    let from = 0
    let to = 0
    let run = 0
    for (let index = 0; index < count; index += 1) {
      const begin = bounds[index * 3] as number
      const textEnd = bounds[index * 3 + 1] as number
      const next = bounds[index * 3 + 2] as number
      const size = textEnd - begin + ending
      this.#row += 1
      if (begin !== to || next - textEnd !== ending || !this.#part.fits(to - from + size, run + 1)) {
        this.#part.append(bytes.subarray(from, to), run)
        from = begin
        run = 0
        if (!this.#part.everFits(size)) {
          this.#rejectTooLarge(size)
          from = to = next
          continue
        }
        if (!this.#part.fits(size, 1)) {
          yield this.#finish(this.#part)
          this.#part = this.#open()
        }
      }
      if (next - textEnd === ending) {
        run += 1
      } else {
        this.#part.append(bytes.subarray(begin, textEnd), 1)
        this.#part.append(this.#ending, 0)
        from = next
      }
      to = next
    }
    this.#part.append(bytes.subarray(from, to), run)
  }

  /** The last part, if anything is in it. */
  *rest(): Generator<IngestPart, void, undefined> {
    if (this.#part !== undefined && this.#part.rows > 0) yield this.#finish(this.#part)
  }

  #begin(header: readonly string[]): PartBuffer {
    const { columnDelimiter, lineEnding = this.#scanner.lineEnding } = this.#options
    if (header.some((name) => name.includes('\0'))) {
      throw new ConfigurationError('The CSV is not UTF-8 (it looks like UTF-16). Save it as UTF-8 and load it again.')
    }
    this.#lineEnding = lineEnding
    this.#ending = new TextEncoder().encode(lineEndingText[lineEnding])
    const columns = sentColumns(header, this.#options)
    this.#header = new LineWriter({ columnDelimiter, lineEnding }).texts(columns)
    return this.#open()
  }

  #open(): PartBuffer {
    return new PartBuffer(this.#header, this.#options.maxBytes, this.#options.maxRows)
  }

  #finish(part: PartBuffer): IngestPart {
    const { columnDelimiter } = this.#options
    const { rows } = part
    return { index: this.#index++, bytes: part.take(), rows, columnDelimiter, lineEnding: this.#lineEnding }
  }

  #rejectTooLarge(size: number): void {
    const limit = `${this.#options.maxBytes} bytes that a job may have`
    this.#rejected.add('ROW_TOO_LARGE', `Row ${this.#row} takes ${size} bytes and with the header exceeds the ${limit}`)
  }
}
