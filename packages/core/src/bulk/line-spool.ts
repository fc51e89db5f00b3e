import { type ColumnDelimiter, delimiterCharacter, type LineEnding, lineEndingText } from '../csv/dialect.ts'
import type { LineBlock } from './line-block.ts'
import type { RowBlock } from './row-lines.ts'
import type { Spool } from './spool.ts'

/** Where a block lies: its rows, the columns that they know of, and the bytes of its lines, before which lie their sizes. */
interface Entry {
  readonly from: number
  readonly rows: number
  readonly width: number
  readonly bytes: number
}

/**
 * Keeps lines until all columns of a load are known, and hands them out completed with empty cells. Only where the
 * blocks lie is kept in memory, whatever the number of rows.
 */
export class LineSpool {
  readonly #spool: Spool
  readonly #entries: Entry[] = []

  constructor(spool: Spool) {
    this.#spool = spool
  }

  /** Adds the next lines. */
  async append({ from, sizes, bytes, width }: RowBlock): Promise<void> {
    this.#entries.push({ from, rows: sizes.length, width, bytes: bytes.length })
    await this.#spool.append(new Uint8Array(sizes.buffer, sizes.byteOffset, sizes.byteLength))
    await this.#spool.append(bytes)
  }

  /** Hands out all lines in their order, each with so many cells. */
  async *blocks(
    width: number,
    columnDelimiter: ColumnDelimiter,
    lineEnding: LineEnding,
  ): AsyncGenerator<LineBlock, void, undefined> {
    let at = 0
    let stored = new Uint8Array(0)
    for (const entry of this.#entries) {
      const { from, rows, bytes } = entry
      const forSizes = rows * Uint32Array.BYTES_PER_ELEMENT
      const length = forSizes + bytes
      if (length > stored.length) stored = new Uint8Array(length)
      await this.#spool.fill(at, stored.subarray(0, length))
      at += length
      const sizes = new Uint32Array(stored.buffer, 0, rows)
      const block: LineBlock = { from, sizes, bytes: stored.subarray(forSizes, length) }
      const missing = missingCells(entry.width, width, delimiterCharacter[columnDelimiter])
      yield missing === '' ? block : completed(block, missing, lineEndingText[lineEnding].length)
    }
  }
}

/** What makes a line of so many cells one of more. */
function missingCells(width: number, wanted: number, delimiter: string): string {
  if (width > 0) return delimiter.repeat(wanted - width)
  // An empty line would be passed over by readers.
  return wanted === 1 ? '""' : delimiter.repeat(wanted - 1)
}

function completed({ from, sizes, bytes }: LineBlock, missing: string, ending: number): LineBlock {
  const addition = new TextEncoder().encode(missing)
  const longer = new Uint8Array(bytes.length + sizes.length * addition.length)
  let begin = 0
  let to = 0
  for (let index = 0; index < sizes.length; index += 1) {
    const size = sizes[index] as number
    if (size === 0) continue
    const end = begin + size
    longer.set(bytes.subarray(begin, end - ending), to)
    longer.set(addition, to + size - ending)
    longer.set(bytes.subarray(end - ending, end), to + size - ending + addition.length)
    sizes[index] = size + addition.length
    begin = end
    to += size + addition.length
  }
  return { from, sizes, bytes: longer.subarray(0, to) }
}
