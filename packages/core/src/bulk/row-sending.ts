import type { InputRow } from '../csv/columns.ts'
import type { Clock } from '../http/connection.ts'
import type { Load } from './ingest-ledger.ts'
import type { SettledIngestOptions } from './ingest-options.ts'
import type { IngestPart } from './ingest-part.ts'
import { ingestParts, type SplitOptions } from './ingest-parts.ts'
import { readIngestResult } from './ingest-rows.ts'
import { type IngestSource, type OpenedSource, openSource, type RowBatches } from './ingest-source.ts'
import { PartUploads, type Place, type UploadContext } from './part-uploads.ts'
import { RejectedRows } from './rejected-rows.ts'
import type { RowPositions } from './row-positions.ts'
import { lockedRows } from './second-pass.ts'
import { unaccounted } from './way-on.ts'
import { onceRead } from './whole-input.ts'

/** What putting rows into jobs needs. */
export interface SendingContext extends UploadContext {
  /** Takes the rows that cannot be sent. */
  readonly rejected: RejectedRows
  /** Told where rows are in the input. */
  readonly positions: RowPositions | undefined
  /** Told how many rows of the source were read. */
  readonly onRead: (rows: number) => void
}

/** Milliseconds that a source may take before others get their turn. */
const TURN = 100

/** Puts rows into jobs: those of the source, those that a job never came to, and those that were locked. */
export class RowSending {
  readonly #context: SendingContext

  constructor(context: SendingContext) {
    this.#context = context
  }

  /** Sends the rows of the source that are in no job. */
  async input(source: IngestSource): Promise<void> {
    const { road, options, ledger, rejected, positions, stop, note, onRead } = this.#context
    const { signal } = stop
    const skip = ledger.taken(0)
    const end = skip.at(-1)?.to ?? 0
    let read = 0
    let taken = 0
    const opened = await openSource(source, signal)
    const parts = this.#parts(positions?.watched(opened) ?? opened, options, rejected, {
      skip,
      isOver: pauses(road.connection.clock, signal),
      onColumns: (columns) => ledger.expectColumns(columns),
      onRead: (rows) => {
        read = rows
        onRead(rows)
      },
      onTaken: (rows) => {
        taken = rows
      },
    })
    const known = onceRead(parts, () => taken, end, signal)
    await this.#send(known, options, { pass: 0 })
    // A source that was left looks as if it had come to its end.
    signal.throwIfAborted()
    ledger.end(read)
    await note()
  }

  /**
   * Sends the rows again that an ended job never came to.
   * @throws ProtocolError when Salesforce does not hand out all of them.
   */
  async left(load: Load): Promise<void> {
    const { road, ledger, call, stop } = this.#context
    if (ledger.left(load) === 0) return
    const { job, pass } = load
    const batches = readIngestResult<InputRow>(road, job, 'unprocessed', call)
    const unfit = await this.#sendAgain(batches, { pass, follows: job.id })
    const left = ledger.left(load) - unfit
    if (left === 0) return
    stop.signal.throwIfAborted()
    throw unaccounted(job.id, load.rows, `does not say what became of ${left} of them`)
  }

  /**
   * Sends the rows again that were locked in the pass before; false when none of its rows have failed.
   * @param onRead - Told how many they are, once all have been read.
   */
  async locked(pass: number, onRead: (rows: number) => void): Promise<boolean> {
    const { road, ledger, call } = this.#context
    const before = ledger.ofPass(pass - 1)
    if (!before.some(({ job }) => job.numberRecordsFailed)) return false
    await this.#sendAgain(lockedRows(road, before, call, onRead), { pass })
    return true
  }

  /**
   * Sends rows that have been in a job, in jobs one after the other. They are written as the first time, but for quotes:
   * answers how many do not fit into a job any more, which stay what they were.
   */
  async #sendAgain(batches: RowBatches, place: Place): Promise<number> {
    const { road, options, ledger } = this.#context
    const again: SettledIngestOptions = {
      ...options,
      columns: ledger.columns,
      rename: {},
      lineEnding: options.lineEnding ?? ledger.lineEnding,
      concurrencyMode: 'serial',
    }
    const unfit = new RejectedRows()
    const skip = ledger.taken(place.pass, place.follows)
    const parts = this.#parts({ kind: 'rows', batches }, again, unfit, { skip, again: true })
    await this.#send(parts, again, place)
    const { length } = unfit.rows
    if (length > 0) {
      const rows = length === 1 ? '1 row' : `${length} rows`
      road.connection.warn(
        `A bulk load does not send ${rows} again, too large for maxBytes (${options.maxBytes}) when written anew.`,
      )
    }
    return length
  }

  #parts(
    source: OpenedSource,
    options: SettledIngestOptions,
    rejected: RejectedRows,
    more: SplitOptions,
  ): AsyncGenerator<IngestPart, void, undefined> {
    const { scratch } = this.#context.road.connection
    return ingestParts(source, options, rejected, { ...more, scratch })
  }

  #send(
    parts: AsyncGenerator<IngestPart, void, undefined>,
    options: SettledIngestOptions,
    place: Place,
  ): Promise<void> {
    return new PartUploads({ ...this.#context, options }).send(parts, place)
  }
}

/** Tells whether a source is to be left. One that has everything at hand would otherwise let no timer fire meanwhile. */
function pauses(clock: Clock, signal: AbortSignal): () => Promise<boolean> {
  let since = clock.now()
  return async () => {
    if (clock.now() - since >= TURN) {
      await clock.sleep(0)
      since = clock.now()
    }
    return signal.aborted
  }
}
