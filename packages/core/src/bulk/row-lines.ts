import { type InputRow, RowColumns } from '../csv/columns.ts'
import { RowEncoder } from '../csv/row-encoder.ts'
import type { SettledIngestOptions } from './ingest-options.ts'
import type { LineBlock } from './line-block.ts'
import type { RejectedRows } from './rejected-rows.ts'

/** Most rows of one block ... */
const ROWS = 1024
/** ... and the bytes from which it is full. */
const BYTES = 1 << 15

/** Lines that were written with the columns known by then. */
export interface RowBlock extends LineBlock {
  /** How many columns these are; the others came after them. */
  readonly width: number
}

/**
 * Writes rows as lines. Without declared columns each key that was not there before becomes a column after the others,
 * or takes the place of one without values, so that the lines before lack nothing but empty cells at their ends. A row
 * that cannot be written is put among the rejected ones.
 */
export class RowLines {
  /** Rows taken so far, those that cannot be sent among them. */
  position = 0
  /** Whether any row was an object, with fields or without. */
  anyObject = false
  readonly #columns: RowColumns
  readonly #declared: boolean
  readonly #rejected: RejectedRows
  readonly #encoder: RowEncoder
  readonly #sizes: Uint32Array<ArrayBuffer>
  /** Where the lines of the present block begin. */
  #begin = 0
  #count = 0
  #width = 0

  constructor(options: SettledIngestOptions, rejected: RejectedRows) {
    const { columns, maxRows } = options
    this.#columns = new RowColumns(columns)
    this.#declared = columns !== undefined
    this.#rejected = rejected
    this.#encoder = new RowEncoder(options, BYTES * 2)
    // A part that is full is handed out before the source is asked for more.
    this.#sizes = new Uint32Array(this.#declared ? Math.min(ROWS, maxRows) : ROWS)
  }

  /** The columns so far, by their keys in the rows. */
  get columns(): readonly string[] {
    return this.#columns.names
  }

  /** Whether `block` must be asked for before the next row is taken. */
  get full(): boolean {
    return this.#count === this.#sizes.length || this.#encoder.length - this.#begin >= BYTES
  }

  /** Takes a row; answers the rows before it where it has other columns than they. */
  take(given: InputRow): RowBlock | undefined {
    if (this.#count === 0) this.#begin = this.#encoder.length = 0
    const end = this.#encoder.length
    const size = this.#write(given)
    const before = this.#count > 0 && this.columns.length !== this.#width ? this.#blockUpTo(end) : undefined
    this.position += 1
    this.#width = this.columns.length
    this.#sizes[this.#count] = size
    this.#count += 1
    return before
  }

  /** The rows since the latest block. */
  block(): RowBlock {
    return this.#blockUpTo(this.#encoder.length)
  }

  #blockUpTo(end: number): RowBlock {
    const from = this.position - this.#count
    const sizes = this.#sizes.slice(0, this.#count)
    const bytes = this.#encoder.bytes.subarray(this.#begin, end)
    this.#begin = end
    this.#count = 0
    return { from, sizes, bytes, width: this.#width }
  }

  /** Adds the line of a row and answers its size: 0 if the row cannot be sent. */
  #write(given: InputRow): number {
    const { position } = this
    let row = given
    try {
      if (typeof given?.toJSON === 'function') row = given.toJSON()
      if (typeof row !== 'object' || row === null || Array.isArray(row)) {
        const reason = `Row ${position + 1} is not an object of field names and values`
        this.#rejected.add('INVALID_ROW', reason, position)
        return 0
      }
      this.anyObject = true
      if (!this.#declared) this.#columns.add(row)
    } catch {
      const reason = `Row ${position + 1} cannot be read, since a getter or a proxy in it throws`
      this.#rejected.add('INVALID_VALUE', reason, position)
      return 0
    }
    try {
      return this.#encoder.row(row, this.columns)
    } catch (error) {
      const reason = `Row ${position + 1}, ${error instanceof Error ? error.message : error}`
      this.#rejected.add('INVALID_VALUE', reason, position, row)
      return 0
    }
  }
}
