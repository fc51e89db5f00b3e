import { ConfigurationError } from '../errors/configuration-error.ts'
import type { RowRange } from './ingest-part.ts'
import type { LineBlock } from './line-block.ts'

/** Rows of a source that a job has already. */
export interface TakenRange extends RowRange {
  /** Id of the job. */
  readonly job: string
  /** The `check` of its part, where it is known. */
  readonly check?: string | undefined
}

/** FNV-1a over the bytes of a line, after those of another one. */
export function lineHash(line: Uint8Array, before: number = 0x811c9dc5): number {
  let hash = before
  for (let at = 0; at < line.length; at += 1) hash = Math.imul(hash ^ (line[at] as number), 0x01000193)
  return hash >>> 0
}

/** The `check` of a part: what tells its first and its last line from others. */
export function partCheck(first: number, last: Uint8Array): string {
  return lineHash(last, first).toString(16)
}

/** Looks whether the rows of a source that jobs have already are those that these jobs took. */
export class TakenRows {
  readonly #ranges: readonly TakenRange[]
  #next = 0
  #first = 0

  constructor(ranges: readonly TakenRange[]) {
    this.#ranges = ranges
  }

  /** @throws ConfigurationError when the first or the last row of a job is another one. */
  look({ from, sizes, bytes }: LineBlock): void {
    let begin = 0
    for (let index = 0; index < sizes.length; index += 1) {
      const range = this.#ranges[this.#next]
      if (range === undefined) return
      const end = begin + (sizes[index] as number)
      const line = bytes.subarray(begin, end)
      begin = end
      if (from + index === range.from) this.#first = lineHash(line)
      if (from + index < range.to - 1) continue
      this.#next += 1
      if (range.check === undefined || partCheck(this.#first, line) === range.check) continue
      throw new ConfigurationError(
        `Bulk job ${range.job} took the rows ${range.from + 1} to ${range.to}, but the source has other rows there now. ` +
          'Resume the load with the same rows in the same order (a query needs ORDER BY).',
      )
    }
  }
}
