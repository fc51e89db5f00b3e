import { TimeoutError } from '../errors/transport-error.ts'
import type { CallOptions } from '../http/connection.ts'
import type { IngestLedger, Load } from './ingest-ledger.ts'
import { readIngestResult } from './ingest-rows.ts'
import { type IngestJob, isFinal } from './job.ts'
import type { JobRoad } from './job-road.ts'
import { abortQuietly } from './upload.ts'
import { abortedError, jobError, waitForJob } from './wait-for-job.ts'
import { unaccounted } from './way-on.ts'

/** What waiting for the jobs of a load needs. */
export interface WatchOptions {
  readonly road: JobRoad<IngestJob>
  readonly ledger: IngestLedger
  readonly call: CallOptions
  /** Milliseconds to wait for each job. */
  readonly limit: number | undefined
  /** Whether a job that takes longer is aborted. */
  readonly abortOnTimeout: boolean | undefined
  /** Told about each look at a job. */
  readonly onLook: (job: IngestJob) => void
  /** Told when a job is not waited for any more because of an error. */
  readonly onFailure: (error: unknown) => void
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
   * @throws TimeoutError when it took too long; by then it is aborted, if so told.
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
    const { ledger, abortOnTimeout } = this.#options
    if (!isFinal(load.job)) {
      try {
        await this.#wait(load)
      } catch (error) {
        if (!(abortOnTimeout && error instanceof TimeoutError && error.phase === 'job')) throw error
        await this.#abort(load, error)
      }
    }
    const { job, rows } = load
    const error = jobError(job)
    if (error !== undefined) {
      if (rows === undefined) load.unprocessed = await this.#unprocessed(job).catch(() => 0)
      else if (ledger.left(load) === 0) return
      throw error
    }
    const { numberRecordsProcessed: processed } = job
    if (processed === undefined || rows === undefined || processed === rows) return
    throw unaccounted(job.id, rows, `accounts for ${processed}`)
  }

  async #unprocessed(job: IngestJob): Promise<number> {
    const { road, call } = this.#options
    let count = 0
    for await (const { length } of readIngestResult(road, job, 'unprocessed', call)) count += length
    return count
  }

  async #wait(load: Load): Promise<void> {
    const { road, call, limit, onLook } = this.#options
    const looked = (job: IngestJob): void => {
      load.job = job
      onLook(job)
    }
    await waitForJob(road, load.job.id, call, looked, limit)
  }

  /** Aborts a job that took too long, and throws that; one that has come to its end meanwhile is as good as others. */
  async #abort(load: Load, late: TimeoutError): Promise<void> {
    const { road, call, limit = 0, onLook } = this.#options
    const { job: before } = load
    const aborted = await abortQuietly(road, before.id)
    // The answer lacks the counters.
    const now = await road.get(before.id, call).catch(() => undefined)
    load.job = { ...before, ...now, ...aborted, id: before.id }
    onLook(load.job)
    if (aborted !== undefined) throw abortedError({ ...before, ...now }, before.state, limit, now && load.rows)
    if (!isFinal(load.job)) throw late
  }
}
