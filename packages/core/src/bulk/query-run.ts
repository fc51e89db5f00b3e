import { NotFoundError } from '../errors/api-error.ts'
import { BulkJobError } from '../errors/bulk-job-error.ts'
import { SalesforceError } from '../errors/salesforce-error.ts'
import { withAdvice } from '../errors/with-advice.ts'
import type { CallOptions } from '../http/connection.ts'
import { isFinal, type QueryJob } from './job.ts'
import type { JobRoad } from './job-road.ts'
import type { QueryProgress } from './query-progress.ts'
import { waitForJob } from './wait-for-job.ts'

/** How long an attempt to abort a job may take; whoever left the loop waits meanwhile. */
const ABORT_TIMEOUT = 20_000

/** Why jobs are not waited for any more whose loop has failed: another loop goes on with them. */
export const failedLoop: unique symbol = Symbol('failed loop')

/** What the jobs of one query share. */
export interface QuerySetting {
  readonly road: JobRoad<QueryJob>
  readonly call: CallOptions
  readonly progress: QueryProgress
  readonly abortOnReturn: boolean
  /** How to go on after an error, as a sentence about the job. */
  readonly wayOn: (id: string) => string
}

/** One query job: begun once, and looked at until it has come to its end. */
export class QueryRun {
  readonly #setting: QuerySetting
  readonly #begin: (call: CallOptions) => Promise<QueryJob>
  #job: Promise<QueryJob> | undefined

  /** @param begin creates the job, or asks for one that is there. */
  constructor(setting: QuerySetting, begin: (call: CallOptions) => Promise<QueryJob>) {
    this.#setting = setting
    this.#begin = begin
  }

  /** The job info of the newest look; begins the job if that was not done yet. A failure to begin may be repeated. */
  job(): Promise<QueryJob> {
    if (this.#job !== undefined) return this.#job
    const begun = this.#begin(this.#setting.call)
    this.#job = begun
    begun.catch(() => {
      if (this.#job === begun) this.#job = undefined
    })
    return begun
  }

  /** Waits until the job has come to its end, whatever that is. */
  async end(signal: AbortSignal): Promise<QueryJob> {
    const { road, call, progress, abortOnReturn, wayOn } = this.#setting
    const known = await this.job()
    if (isFinal(known)) return known
    try {
      const ended = await waitForJob(road, known.id, { ...call, signal }, (job) => progress.looked(job))
      this.#job = Promise.resolve(ended)
      return ended
    } catch (error) {
      if (abortOnReturn && signal.aborted && signal.reason !== failedLoop) await this.#abort(known.id)
      throw tellWayOn(error, known.id, wayOn)
    }
  }

  /** A job that is complete by now, or gone, need not be aborted; nothing about it may hide why the loop was left. */
  async #abort(id: string): Promise<void> {
    const { road } = this.#setting
    try {
      this.#job = Promise.resolve(await road.abort(id, { timeout: ABORT_TIMEOUT, retry: false }))
    } catch (error) {
      road.connection.warn(
        `Bulk query job ${id} could not be aborted: ${error instanceof Error ? error.message : error}`,
      )
    }
  }
}

/** How to go on with the only job of a query. */
export const goesOn = (id: string): string => `bulk.resumeQuery('${id}') goes on with it.`

/** Says in an error how to go on: the job is at Salesforce, whatever became of the call. */
export function tellWayOn(error: unknown, id: string, wayOn: QuerySetting['wayOn']): unknown {
  if (!(error instanceof SalesforceError) || error instanceof BulkJobError) return error
  return withAdvice(
    error,
    error instanceof NotFoundError
      ? `There is no bulk query job ${id} (Salesforce keeps them for seven days); run the query again. A load goes on by bulk.resume.`
      : `Bulk query job ${id} is still at Salesforce; ${wayOn(id)}`,
  )
}
