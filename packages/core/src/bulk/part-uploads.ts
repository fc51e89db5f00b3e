import { ApiError } from '../errors/api-error.ts'
import type { CallOptions } from '../http/connection.ts'
import type { IngestLedger, Load } from './ingest-ledger.ts'
import type { SettledIngestOptions } from './ingest-options.ts'
import type { IngestPart } from './ingest-part.ts'
import type { IngestJob } from './job.ts'
import type { JobRoad } from './job-road.ts'
import { uploadPart } from './upload.ts'

/** What rows are: those of the input, of a second pass, or what another job never came to. */
export type Place = Pick<Load, 'pass' | 'follows'>

/** What making jobs of parts needs. */
export interface UploadContext {
  readonly road: JobRoad<IngestJob>
  readonly options: SettledIngestOptions
  readonly ledger: IngestLedger
  readonly call: CallOptions
  /** Aborted when nothing more is to be uploaded; its reason is why. */
  readonly stop: AbortController
  /** Stores the checkpoint. */
  readonly note: () => Promise<unknown>
  /** Told about a job that has its rows. */
  readonly onUploaded: (load: Load, part: IngestPart) => void
  /** Waits for the end of a job. */
  readonly ended: (load: Load) => Promise<void>
}

/**
 * Makes jobs of parts, as many at a time as the options say, or each after the end of the one before. After a failure no
 * further part is begun.
 */
export class PartUploads {
  readonly #context: UploadContext

  constructor(context: UploadContext) {
    this.#context = context
  }

  async send(parts: AsyncGenerator<IngestPart, void, undefined>, place: Place): Promise<void> {
    const { concurrencyMode, jobsInFlight } = this.#context.options
    const workers = concurrencyMode === 'serial' ? 1 : jobsInFlight
    const outcomes = await Promise.allSettled(Array.from({ length: workers }, () => this.#work(parts, place)))
    // An input that fails to clean up must not hide why it is left.
    await parts.return().catch(() => {})
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  }

  /** One of the workers that share the parts; each holds one part at a time. */
  async #work(parts: AsyncGenerator<IngestPart, void, undefined>, place: Place): Promise<void> {
    const { stop, ended, options } = this.#context
    let before: Load | undefined
    try {
      while (!stop.signal.aborted) {
        const item = await parts.next()
        if (item.done === true) return
        const part = item.value
        try {
          if (options.concurrencyMode === 'serial' && before !== undefined) await ended(before)
          if (!stop.signal.aborted) before = await this.#upload(part, place)
        } finally {
          await part.close()
        }
      }
    } catch (error) {
      stop.abort(error)
      throw error
    }
  }

  async #upload(part: IngestPart, place: Place): Promise<Load> {
    const { road, options, ledger, call, note, onUploaded } = this.#context
    ledger.expectColumns(part.columns)
    let load = {} as Load
    try {
      const job = await uploadPart(road, part, options, call, {
        onCreated: (created) => {
          const { range, rows, check } = part
          const isInput = place.pass === 0 && place.follows === undefined
          load = { ...place, job: created, uploaded: false, range, rows, ...(isInput ? { check } : {}) }
          ledger.add(load)
          return note()
        },
        onClosing: async () => {
          load.closing = true
          await note().catch((error) => {
            load.closing = false
            throw error
          })
        },
        onReplaced: ({ id }) => ledger.drop(id),
      })
      load = ledger.arrived(job)
    } catch (error) {
      if (load.closing && isUndone(error)) {
        load.closing = false
        await note().catch(() => {})
      }
      throw error
    }
    onUploaded(load, part)
    await note()
    return load
  }
}

/** Whether Salesforce surely did not do what failed: 408 and 420 come from its edge, which does not know. */
function isUndone(error: unknown): boolean {
  if (!(error instanceof ApiError) || (error.request?.attempts ?? 1) > 1) return false
  return error.status < 500 && error.status !== 408 && error.status !== 420
}
