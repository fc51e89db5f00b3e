import type { ColumnDelimiter, LineEnding } from '../csv/dialect.ts'

/** The data of one job: a CSV with its header. */
export interface IngestPart {
  /** Position among the parts of one load, from 0. */
  readonly index: number
  readonly bytes: Uint8Array
  readonly rows: number
  readonly columnDelimiter: ColumnDelimiter
  readonly lineEnding: LineEnding
}

/** Collects lines for one job within its limits. Offsets and sizes are bytes of UTF-8. */
export class PartBuffer {
  rows = 0
  #bytes: Uint8Array<ArrayBuffer>
  #length: number
  readonly #headerLength: number
  readonly #maxBytes: number
  readonly #maxRows: number
  readonly #encoder = new TextEncoder()

  constructor(header: string, maxBytes: number, maxRows: number) {
    const bytes = this.#encoder.encode(header)
    this.#bytes = new Uint8Array(Math.max(bytes.length, 1 << 16))
    this.#bytes.set(bytes)
    this.#length = this.#headerLength = bytes.length
    this.#maxBytes = maxBytes
    this.#maxRows = maxRows
  }

  /** Whether the part can take this many more rows of this size together. */
  fits(size: number, rows: number): boolean {
    return this.rows + rows <= this.#maxRows && this.#length + size <= this.#maxBytes
  }

  /** Whether any part with this header could hold a row of this size. */
  everFits(size: number): boolean {
    return this.#headerLength + size <= this.#maxBytes
  }

  /** Adds bytes that make up this many rows, or a piece of a row. */
  append(bytes: Uint8Array, rows: number): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
    this.rows += rows
  }

  /** Adds one line of text if it fits; otherwise changes nothing. Answers the size of the line and whether it went in. */
  appendLine(line: string): { readonly size: number; readonly taken: boolean } {
    this.#reserve(line.length * 3)
    const size = this.#encoder.encodeInto(line, this.#bytes.subarray(this.#length)).written
    const taken = this.fits(size, 1)
    if (taken) {
      this.#length += size
      this.rows += 1
    }
    return { size, taken }
  }

  /** The collected bytes; the buffer must not be used any more. */
  take(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  #reserve(size: number): void {
    const needed = this.#length + size
    if (needed <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(needed, Math.min(this.#bytes.length * 2, this.#maxBytes)))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}
