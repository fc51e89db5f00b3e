import { closeSync, createReadStream, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Bytes of one entry of the index: where a row of the result ends. */
const ENTRY = 8

/**
 * The result of one query job on disk: its rows as CSV without the header, and an index of where each row ends, so that a
 * page is a piece of the file wherever it begins. Nothing of it is ever held whole.
 */
export class QueryResult {
  readonly #rows: string
  readonly #index: string

  constructor(directory: string, jobId: string) {
    this.#rows = join(directory, `${jobId}.result.csv`)
    this.#index = join(directory, `${jobId}.result.index`)
  }

  /** How long the rows are. */
  get bytes(): number {
    return statSync(this.#rows).size
  }

  /** Begins the result afresh. */
  write(): ResultWriter {
    return new ResultWriter(this.#rows, this.#index)
  }

  /** `count` rows after the first `offset` ones, the header before them. */
  async *page(header: string, offset: number, count: number): AsyncGenerator<string | Buffer> {
    yield header
    if (count === 0) return
    const index = openSync(this.#index, 'r')
    try {
      const start = offset === 0 ? 0 : endOf(index, offset - 1)
      yield* createReadStream(this.#rows, { start, end: endOf(index, offset + count - 1) - 1 })
    } finally {
      closeSync(index)
    }
  }

  /** Removes the files. */
  remove(): void {
    for (const file of [this.#rows, this.#index]) rmSync(file, { force: true })
  }
}

/** Writes a result row by row. */
export class ResultWriter implements Disposable {
  readonly #rows: number
  readonly #index: number
  #bytes = 0

  constructor(rows: string, index: string) {
    this.#rows = openSync(rows, 'w')
    this.#index = openSync(index, 'w')
  }

  /** Adds rows, each as CSV with its line ending. */
  add(rows: readonly string[]): void {
    const ends = Buffer.alloc(rows.length * ENTRY)
    for (const [number, row] of rows.entries()) {
      this.#bytes += Buffer.byteLength(row)
      ends.writeBigUInt64LE(BigInt(this.#bytes), number * ENTRY)
    }
    writeSync(this.#rows, rows.join(''))
    writeSync(this.#index, ends)
  }

  [Symbol.dispose](): void {
    closeSync(this.#rows)
    closeSync(this.#index)
  }
}

function endOf(index: number, row: number): number {
  const entry = Buffer.alloc(ENTRY)
  readSync(index, entry, 0, ENTRY, row * ENTRY)
  return Number(entry.readBigUInt64LE())
}
