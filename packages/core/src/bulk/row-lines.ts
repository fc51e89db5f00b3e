import { collectColumns, type InputRow } from '../csv/columns.ts'
import { LineWriter } from '../csv/line-writer.ts'
import type { SettledIngestOptions } from './ingest-options.ts'
import type { LineBlock } from './line-block.ts'
import type { RejectedRows } from './rejected-rows.ts'

/** Most rows of one block ... */
const ROWS = 1024
/** ... and the characters from which it is full. */
const CHARACTERS = 1 << 15

/** Lines that were written with the columns known by then. */
export interface RowBlock extends LineBlock {
  /** How many columns these are; the others came after them. */
  readonly width: number
}

/**
 * Writes rows as lines. Without declared columns each key that was not there before becomes a column after the others,
 * so that the lines before lack nothing but empty cells at their ends. A row that cannot be written is put among the
 * rejected ones.
 */
export class RowLines {
  /** Rows taken so far, those that cannot be sent among them. */
  position = 0
  /** The columns so far, by their keys in the rows. */
  columns: readonly string[]
  /** Whether any row was an object, with fields or without. */
  anyObject = false
  readonly #known: Set<string>
  readonly #declared: boolean
  readonly #rejected: RejectedRows
  readonly #writer: LineWriter
  readonly #encoder = new TextEncoder()
  readonly #bytes = new Uint8Array(CHARACTERS * 4)
  readonly #sizes: Uint32Array<ArrayBuffer>
  #text = ''
  #count = 0
  #width = 0

  constructor(options: SettledIngestOptions, rejected: RejectedRows) {
    const { columns, columnDelimiter, lineEnding, maxRows } = options
    this.columns = columns ?? []
    this.#known = new Set(columns)
    this.#declared = columns !== undefined
    this.#rejected = rejected
    this.#writer = new LineWriter({ columnDelimiter, lineEnding })
    // A part that is full is handed out before the source is asked for more.
    this.#sizes = new Uint32Array(this.#declared ? Math.min(ROWS, maxRows) : ROWS)
  }

  /** Whether `block` must be asked for before the next row is taken. */
  get full(): boolean {
    return this.#count === this.#sizes.length || this.#text.length >= CHARACTERS
  }

  /** Takes a row; answers the rows before it where it has other columns than they. */
  take(given: InputRow): RowBlock | undefined {
    const position = this.position
    const line = this.#line(given, position)
    const before = this.#count > 0 && this.columns.length !== this.#width ? this.block() : undefined
    this.position = position + 1
    this.#width = this.columns.length
    this.#text += line
    this.#sizes[this.#count] = line.length
    this.#count += 1
    return before
  }

  /** The rows since the latest block. */
  block(): RowBlock {
    const text = this.#text
    const sizes = this.#sizes.slice(0, this.#count)
    const from = this.position - this.#count
    this.#text = ''
    this.#count = 0
    const bytes =
      text.length * 3 > this.#bytes.length
        ? this.#encoder.encode(text)
        : this.#bytes.subarray(0, this.#encoder.encodeInto(text, this.#bytes).written)
    if (bytes.length !== text.length) countBytes(bytes, sizes)
    return { from, sizes, bytes, width: this.#width }
  }

  /** The line of a row; an empty text if it cannot be sent. */
  #line(given: InputRow, position: number): string {
    let row = given
    try {
      if (typeof given?.toJSON === 'function') row = given.toJSON()
      if (typeof row !== 'object' || row === null || Array.isArray(row)) {
        const reason = `Row ${position + 1} is not an object of field names and values`
        this.#rejected.add('INVALID_ROW', reason, position)
        return ''
      }
      this.anyObject = true
      if (!this.#declared) this.#widen(row)
    } catch {
      const reason = `Row ${position + 1} cannot be read, since a getter or a proxy in it throws`
      this.#rejected.add('INVALID_VALUE', reason, position)
      return ''
    }
    try {
      return this.#writer.row(row, this.columns)
    } catch (error) {
      const reason = `Row ${position + 1}, ${error instanceof Error ? error.message : error}`
      this.#rejected.add('INVALID_VALUE', reason, position, row)
      return ''
    }
  }

  #widen(row: InputRow): void {
    collectColumns(row, this.#known)
    if (this.#known.size > this.columns.length) this.columns = [...this.#known]
  }
}

/** Turns sizes in UTF-16 units into those of the bytes that the lines have become. */
function countBytes(bytes: Uint8Array, sizes: Uint32Array): void {
  let at = 0
  for (let index = 0; index < sizes.length; index += 1) {
    const begin = at
    for (let units = sizes[index] as number; units > 0; units -= 1) {
      const lead = bytes[at] as number
      if (lead < 0x80) at += 1
      else if (lead < 0xe0) at += 2
      else if (lead < 0xf0) at += 3
      else {
        // Four bytes are two units.
        at += 4
        units -= 1
      }
    }
    sizes[index] = at - begin
  }
}
