import { ProtocolError } from '../errors/protocol-error.ts'
import type { CallOptions } from '../http/connection.ts'
import type { IngestLedger, Load } from './ingest-ledger.ts'
import { type IngestJob, isFinal } from './job.ts'
import type { JobRoad } from './job-road.ts'
import { jobError, waitForJob } from './wait-for-job.ts'

/** What waiting for the jobs of a load needs. */
export interface WatchOptions {
  readonly road: JobRoad<IngestJob>
  readonly ledger: IngestLedger
  readonly call: CallOptions
  /** Milliseconds to wait for each job. */
  readonly limit: number | undefined
  /** Told about each look at a job. */
  readonly onLook: (job: IngestJob) => void
  /** Told when a job is not waited for any more because of an error. */
  readonly onFailure: () => void
}

/** Waits for the jobs of a load, for each one once. */
export class JobWatches {
  readonly #options: WatchOptions
  readonly #watches = new Map<Load, Promise<void>>()

  constructor(options: WatchOptions) {
    this.#options = options
  }

  /**
   * Waits for the end of a job.
   * @throws BulkJobError when it ended as Failed or Aborted, and rows of it are in no other job.
   * @throws ProtocolError when Salesforce does not account for every row.
   */
  of(load: Load): Promise<void> {
    const known = this.#watches.get(load)
    if (known !== undefined) return known
    const watch = this.#finish(load)
    // Thrown to whoever waits; until then it only has to be known.
    watch.catch(this.#options.onFailure)
    this.#watches.set(load, watch)
    return watch
  }

  /** Waits for all jobs, also when some of them fail, and throws the first of their errors. */
  async all(): Promise<void> {
    const outcomes = await Promise.allSettled(this.#options.ledger.uploaded.map((load) => this.of(load)))
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  }

  async #finish(load: Load): Promise<void> {
    const { road, ledger, call, limit, onLook } = this.#options
    if (!isFinal(load.job)) {
      await waitForJob(
        road,
        load.job.id,
        call,
        (look) => {
          load.job = look
          onLook(look)
        },
        limit,
      )
    }
    const { job, rows } = load
    const error = jobError(job)
    if (error !== undefined) {
      if (rows !== undefined && ledger.left(load) === 0) return
      throw error
    }
    const { numberRecordsProcessed: processed } = job
    if (processed === undefined || rows === undefined || processed === rows) return
    throw new ProtocolError(
      `Bulk job ${job.id} got ${rows} rows, but Salesforce accounts for ${processed}. ` +
        'Compare its results with the input before loading the missing rows again.',
    )
  }
}
