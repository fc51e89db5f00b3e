import { CsvLines } from './csv-lines.ts'
import { sentColumns } from './ingest-columns.ts'
import type { SettledIngestOptions } from './ingest-options.ts'
import type { IngestPart } from './ingest-part.ts'
import type { OpenedSource, RowBatches } from './ingest-source.ts'
import { LineSpool } from './line-spool.ts'
import { type PartContext, PartSplitter } from './part-splitter.ts'
import type { RejectedRows } from './rejected-rows.ts'
import { type RowBlock, RowLines } from './row-lines.ts'
import { Spool } from './spool.ts'

/** What else there is to know when an input is split. */
export interface SplitOptions
  extends Pick<PartContext, 'scratch' | 'skip' | 'memory' | 'onColumns' | 'onTaken' | 'again'> {
  /** Told the number of rows read so far, those that cannot be sent among them. */
  readonly onRead?: ((rows: number) => void) | undefined
  /** Asked after each block of what the source gave whether the source is to be left, as if it had come to its end. */
  readonly isOver?: (() => Promise<boolean>) | undefined
}

interface Splitting extends SplitOptions, PartContext {}

/**
 * Splits an input into parts within the limits of a job, in its order. Every part has the same columns: those of the
 * CSV, the declared ones, or else the keys of all rows, for which the rows are written to a spool and read again.
 *
 * A part whose columns are known from the start is handed out as soon as it is full, and the source is read on when the
 * next one is asked for. Whoever takes a part closes it. Rows that cannot be sent are put among the rejected ones, also
 * where they lie among rows to skip.
 *
 * @throws ConfigurationError when the columns cannot be used.
 */
export function ingestParts(
  source: OpenedSource,
  options: SettledIngestOptions,
  rejected: RejectedRows,
  more: SplitOptions,
): AsyncGenerator<IngestPart, void, undefined> {
  const splitting: Splitting = { ...more, options, rejected }
  if (source.kind === 'csv') return csvParts(source.chunks, splitting)
  const lines = new RowLines(options, rejected)
  return options.columns === undefined
    ? spooledParts(source.batches, lines, splitting)
    : rowParts(source.batches, lines, splitting)
}

async function* csvParts(
  chunks: AsyncIterable<Uint8Array>,
  splitting: Splitting,
): AsyncGenerator<IngestPart, void, undefined> {
  const { options, rejected, onRead, isOver } = splitting
  const lines = new CsvLines(options, rejected)
  let splitter: PartSplitter | undefined
  async function* take(block: ReturnType<CsvLines['push']>): AsyncGenerator<IngestPart, void, undefined> {
    if (lines.columns === undefined) return
    onRead?.(lines.position)
    splitter ??= new PartSplitter(lines.columns, lines.lineEnding, splitting)
    yield* splitter.take(block)
  }
  try {
    for await (const chunk of chunks) {
      yield* take(lines.push(chunk))
      if (await isOver?.()) return
    }
    yield* take(lines.end())
    if (splitter !== undefined) yield* (splitter as PartSplitter).rest()
  } finally {
    await (splitter as PartSplitter | undefined)?.close()
  }
}

async function* rowParts(
  batches: RowBatches,
  lines: RowLines,
  splitting: Splitting,
): AsyncGenerator<IngestPart, void, undefined> {
  let splitter: PartSplitter | undefined
  try {
    for await (const block of rowBlocks(batches, lines, splitting)) {
      splitter ??= splitterOf(lines, splitting)
      yield* splitter.take(block)
    }
    if (splitter !== undefined) yield* splitter.rest()
  } finally {
    await splitter?.close()
  }
}

async function* spooledParts(
  batches: RowBatches,
  lines: RowLines,
  splitting: Splitting,
): AsyncGenerator<IngestPart, void, undefined> {
  const { options, scratch, memory, isOver } = splitting
  const spool = new Spool(scratch, memory, 'name the columns of the rows in the option columns')
  const kept = new LineSpool(spool)
  let splitter: PartSplitter | undefined
  try {
    for await (const block of rowBlocks(batches, lines, splitting)) await kept.append(block)
    if (!lines.anyObject || (await isOver?.())) return
    splitter = splitterOf(lines, splitting)
    const { columnDelimiter, lineEnding = 'LF' } = options
    for await (const block of kept.blocks(lines.columns.length, columnDelimiter, lineEnding))
      yield* splitter.take(block)
    yield* splitter.rest()
  } finally {
    await Promise.all([spool.close(), splitter?.close()])
  }
}

function splitterOf(lines: RowLines, splitting: Splitting): PartSplitter {
  const { options } = splitting
  return new PartSplitter(sentColumns(lines.columns, options), options.lineEnding ?? 'LF', splitting)
}

async function* rowBlocks(
  batches: RowBatches,
  lines: RowLines,
  { onRead, isOver }: Splitting,
): AsyncGenerator<RowBlock, void, undefined> {
  for await (const batch of batches) {
    for (const row of batch) {
      const before = lines.take(row)
      if (before !== undefined) yield before
      else if (!lines.full) continue
      if (lines.full) {
        onRead?.(lines.position)
        yield lines.block()
      }
      if (await isOver?.()) return
    }
  }
  onRead?.(lines.position)
  yield lines.block()
}
