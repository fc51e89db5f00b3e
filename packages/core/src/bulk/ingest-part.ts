import type { ColumnDelimiter, LineEnding } from '../csv/dialect.ts'

/** Rows by their positions in the input, from 0; `to` is excluded. Rows that cannot be sent have positions as well. */
export interface RowRange {
  /** The first row. */
  readonly from: number
  /** The row after the last one. */
  readonly to: number
}

/** The data of one job: a CSV with its header, which can be read any number of times. */
export interface IngestPart {
  /** Position among the parts of one load, from 0. */
  readonly index: number
  /** Rows that are sent. */
  readonly rows: number
  /** Where the rows lie in the input. No row of another part is among them, but such that cannot be sent may be. */
  readonly range: RowRange
  /** Bytes of UTF-8, header included, not compressed. */
  readonly bytes: number
  /** A hash of the first and the last line in 32 bits, as hex text: what tells these rows from others. */
  readonly check: string
  /** The columns as they are sent. */
  readonly columns: readonly string[]
  readonly columnDelimiter: ColumnDelimiter
  readonly lineEnding: LineEnding
  /** Reads the CSV from its start. */
  open(): AsyncIterable<Uint8Array>
  /** Lets go of the data. */
  close(): Promise<void>
}
