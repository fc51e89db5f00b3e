import { collectColumns, coversRow, type InputRow } from '../csv/columns.ts'
import { LineWriter } from '../csv/line-writer.ts'
import { sentColumns } from './ingest-columns.ts'
import type { SettledIngestOptions } from './ingest-options.ts'
import { type IngestPart, PartBuffer } from './ingest-part.ts'
import type { RejectedRows } from './rejected-rows.ts'

/** Rows that are held while their columns are being found ... */
const WINDOW_ROWS = 5000
/** ... or so many characters of their texts, if that is less. */
const WINDOW_CHARACTERS = 16_000_000

/**
 * Writes rows as CSV parts. Without declared columns the header of a part is the union of the keys of the next 5,000
 * rows (fewer where they hold long texts) and of all rows before them; a later row with a key that the header lacks begins a new part (and so a job of
 * its own) with a wider one. So no value is lost, and memory does not grow with the number of rows.
 *
 * A row that cannot be written (an unsupported value, beyond the size of a job) is put among the rejected ones.
 * @throws ConfigurationError when the columns cannot be used.
 */
export async function* rowParts(
  batches: AsyncIterable<readonly InputRow[]>,
  options: SettledIngestOptions,
  rejected: RejectedRows,
): AsyncGenerator<IngestPart, void, undefined> {
  const splitter = new RowSplitter(options, rejected)
  for await (const batch of batches) for (const row of batch) yield* splitter.take(row)
  yield* splitter.rest()
}

/** Moves rows into parts. */
class RowSplitter {
  readonly #options: SettledIngestOptions
  readonly #rejected: RejectedRows
  readonly #writer: LineWriter
  readonly #known: Set<string>
  #columns: readonly string[] = []
  #waiting: { readonly row: InputRow; readonly number: number }[] = []
  #waitingCharacters = 0
  #part: PartBuffer | undefined
  #header = ''
  #index = 0
  #row = 0

  constructor(options: SettledIngestOptions, rejected: RejectedRows) {
    this.#options = options
    this.#rejected = rejected
    this.#writer = new LineWriter({ columnDelimiter: options.columnDelimiter, lineEnding: options.lineEnding })
    this.#known = new Set(options.columns)
  }

  *take(given: InputRow): Generator<IngestPart, void, undefined> {
    let row = given
    this.#row += 1
    const { columns } = this.#options
    let covered = columns !== undefined
    let characters = 0
    try {
      if (typeof given?.toJSON === 'function') row = given.toJSON()
      if (typeof row !== 'object' || row === null || Array.isArray(row)) {
        this.#rejected.add('INVALID_ROW', `Row ${this.#row} is not an object of field names and values`)
        return
      }
      if (columns === undefined) covered = this.#part !== undefined && coversRow(this.#known, row)
      if (!covered) collectColumns(row, this.#known)
      if (this.#part === undefined || !covered) characters = charactersOf(row)
    } catch {
      this.#rejected.add('INVALID_VALUE', `Row ${this.#row} cannot be read, since a getter or a proxy in it throws`)
      return
    }
    if (this.#part !== undefined) {
      if (covered) {
        yield* this.#write(this.#part, row, this.#row)
        return
      }
      if (this.#part.rows > 0) yield this.#finish(this.#part)
      this.#part = undefined
    }
    this.#waiting.push({ row, number: this.#row })
    this.#waitingCharacters += characters
    const full = this.#waiting.length >= WINDOW_ROWS || this.#waitingCharacters >= WINDOW_CHARACTERS
    if (full || columns !== undefined) yield* this.#writeWaiting()
  }

  *rest(): Generator<IngestPart, void, undefined> {
    if (this.#waiting.length > 0) yield* this.#writeWaiting()
    if (this.#part !== undefined && this.#part.rows > 0) yield this.#finish(this.#part)
  }

  *#writeWaiting(): Generator<IngestPart, void, undefined> {
    this.#columns = [...this.#known]
    this.#header = this.#writer.texts(sentColumns(this.#columns, this.#options))
    this.#part = this.#open()
    const waiting = this.#waiting
    this.#waiting = []
    this.#waitingCharacters = 0
    for (const { row, number } of waiting) yield* this.#write(this.#part, row, number)
  }

  *#write(part: PartBuffer, row: InputRow, number: number): Generator<IngestPart, void, undefined> {
    let line: string
    try {
      line = this.#writer.row(row, this.#columns)
    } catch (error) {
      this.#rejected.add('INVALID_VALUE', `Row ${number}, ${error instanceof Error ? error.message : error}`, row)
      return
    }
    const { size, taken } = part.appendLine(line)
    if (taken) return
    if (!part.everFits(size)) {
      const limit = `${this.#options.maxBytes} bytes that a job may have`
      const reason = `Row ${number} takes ${size} bytes and with the header exceeds the ${limit}`
      this.#rejected.add('ROW_TOO_LARGE', reason, row)
      return
    }
    yield this.#finish(part)
    this.#part = this.#open()
    this.#part.appendLine(line)
  }

  #open(): PartBuffer {
    return new PartBuffer(this.#header, this.#options.maxBytes, this.#options.maxRows)
  }

  #finish(part: PartBuffer): IngestPart {
    const { columnDelimiter, lineEnding = 'LF' } = this.#options
    return { index: this.#index++, bytes: part.take(), rows: part.rows, columnDelimiter, lineEnding }
  }
}

/** How much text a row holds; numbers and the like do not count. */
function charactersOf(row: InputRow): number {
  let characters = 0
  for (const value of Object.values(row)) if (typeof value === 'string') characters += value.length
  return characters
}
