import type { LineEnding } from '../csv/dialect.ts'
import { LineWriter } from '../csv/line-writer.ts'
import type { SettledIngestOptions } from './ingest-options.ts'
import type { IngestPart } from './ingest-part.ts'
import type { LineBlock } from './line-block.ts'
import type { RejectedRows } from './rejected-rows.ts'
import type { ScratchStore } from './scratch.ts'
import { Spool } from './spool.ts'
import { lineHash, partCheck, type TakenRange, TakenRows } from './taken-rows.ts'

/** What it takes to make parts of lines. */
export interface PartContext {
  readonly options: SettledIngestOptions
  /** Takes the rows that no job can hold. */
  readonly rejected: RejectedRows
  /** Whether the rows come out of jobs: then one that does not fit any more stays there, and no part reaches over it. */
  readonly again?: boolean | undefined
  /** Rows that are in jobs already, in order. */
  readonly skip: readonly TakenRange[]
  /** Told the columns that are sent before any part is handed out; throws where they cannot be used. */
  readonly onColumns?: ((columns: readonly string[]) => void) | undefined
  /** Told how many rows were taken, the rows to skip among them found to be the right ones. */
  readonly onTaken?: ((rows: number) => void) | undefined
  /** Keeps what is too much for memory. */
  readonly scratch?: ScratchStore | undefined
  /** Bytes of a part that may be kept in memory. */
  readonly memory?: number | undefined
}

/** A part while it is being filled. */
interface Filling {
  readonly spool: Spool
  readonly from: number
  to: number
  rows: number
  bytes: number
  /** The hash of the first line. */
  readonly first: number
  check: string
}

/**
 * Puts lines into parts, each with the header and within the limits of a job, in the order of the input. Rows to skip
 * are left out, and no part reaches over them. A row that no job can hold is put among the rejected ones.
 */
export class PartSplitter {
  readonly #columns: readonly string[]
  readonly #lineEnding: LineEnding
  readonly #header: Uint8Array
  readonly #context: PartContext
  readonly #taken: TakenRows
  #filling: Filling | undefined
  #index = 0
  /** Ranges to skip that lie behind. */
  #passed = 0

  constructor(columns: readonly string[], lineEnding: LineEnding, context: PartContext) {
    const { columnDelimiter } = context.options
    this.#columns = columns
    this.#lineEnding = lineEnding
    this.#header = new TextEncoder().encode(new LineWriter({ columnDelimiter, lineEnding }).texts(columns))
    this.#context = context
    this.#taken = new TakenRows(context.skip)
    context.onColumns?.(columns)
  }

  /**
   * Takes lines, and hands out the parts that became full.
   * @throws ConfigurationError when rows to skip are others than their job took; then none of these lines is handed out.
   */
  async *take(block: LineBlock): AsyncGenerator<IngestPart, void, undefined> {
    const { from, sizes, bytes } = block
    this.#taken.look(block)
    this.#context.onTaken?.(from + sizes.length)
    const { options, again = false } = this.#context
    const { maxBytes, maxRows } = options
    let part = this.#filling
    // Rows that lie side by side and go into the same part are copied in one piece.
    let begin = 0
    let end = 0
    let last = 0
    for (let index = 0; index < sizes.length; index += 1) {
      const size = sizes[index] as number
      if (size === 0) continue
      const position = from + index
      const tooLarge = this.#header.length + size > maxBytes
      const skipped = this.#isSkipped(position)
      if (part === undefined || part.bytes + size > maxBytes || skipped) {
        if (begin < end) await keep(part, bytes.subarray(begin, end), last)
        begin = end
        if (tooLarge || skipped) begin += size
        if (tooLarge) this.#rejectTooLarge(position, size)
        if (!tooLarge || again) {
          if (part !== undefined) yield this.#finish(part)
          part = tooLarge || skipped ? undefined : await this.#open(position, lineHash(bytes.subarray(end, end + size)))
        }
      }
      end += size
      if (part === undefined || begin === end) continue
      part.to = position + 1
      part.rows += 1
      part.bytes += size
      last = size
      if (part.rows < maxRows) continue
      await keep(part, bytes.subarray(begin, end), last)
      begin = end
      yield this.#finish(part)
      part = undefined
    }
    if (begin < end) await keep(part, bytes.subarray(begin, end), last)
  }

  /** The last part, if anything is in it. */
  *rest(): Generator<IngestPart, void, undefined> {
    if (this.#filling !== undefined) yield this.#finish(this.#filling)
  }

  /** Lets go of a part that was not handed out. */
  async close(): Promise<void> {
    await this.#filling?.spool.close()
  }

  async #open(position: number, first: number): Promise<Filling> {
    const { scratch, memory } = this.#context
    const spool = new Spool(scratch, memory)
    const bytes = this.#header.length
    const filling: Filling = { spool, from: position, to: position, rows: 0, bytes, first, check: '' }
    this.#filling = filling
    await spool.append(this.#header)
    return filling
  }

  #finish({ spool, from, to, rows, bytes, check }: Filling): IngestPart {
    this.#filling = undefined
    return {
      index: this.#index++,
      rows,
      range: { from, to },
      bytes,
      check,
      columns: this.#columns,
      columnDelimiter: this.#context.options.columnDelimiter,
      lineEnding: this.#lineEnding,
      open: () => spool.read(),
      close: () => spool.close(),
    }
  }

  #isSkipped(position: number): boolean {
    const { skip } = this.#context
    let range = skip[this.#passed]
    while (range !== undefined && range.to <= position) {
      this.#passed += 1
      range = skip[this.#passed]
    }
    return range !== undefined && range.from <= position
  }

  #rejectTooLarge(position: number, size: number): void {
    const limit = `${this.#context.options.maxBytes} bytes that a job may have`
    const reason = `Row ${position + 1} takes ${size} bytes and with the header exceeds the ${limit}`
    this.#context.rejected.add('ROW_TOO_LARGE', reason, position)
  }
}

/** Adds lines of which the last one has so many bytes. */
async function keep(part: Filling | undefined, lines: Uint8Array, last: number): Promise<void> {
  if (part === undefined) return
  part.check = partCheck(part.first, lines.subarray(lines.length - last))
  await part.spool.append(lines)
}
