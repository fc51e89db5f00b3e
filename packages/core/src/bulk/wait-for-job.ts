import { BulkJobError } from '../errors/bulk-job-error.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { TimeoutError } from '../errors/transport-error.ts'
import type { CallOptions } from '../http/connection.ts'
import { endOf } from '../http/end-of.ts'
import { type IngestJob, isFinal, type QueryJob } from './job.ts'
import type { JobRoad } from './job-road.ts'

/** Milliseconds between looks at a job that has just begun: small jobs are done within the first. */
const SHORTEST_DELAY = 250
/** Milliseconds between looks at a job that takes long ... */
const LONGEST_DELAY = 10_000
/** ... and at one that takes hours, growing from the one to the other: a 120th of its age. */
const HOURS_DELAY = 30_000

/**
 * Looks at a job until it has come to its end. The wait before each look is a quarter of the time that the job has been
 * there, by the server's clock, from 250 ms to 10 s, and up to 30 s for jobs that take an hour or more; up to a fifth of it
 * less by chance. Each of `n` jobs that are waited for at once is looked at less often by the square root of `n`, unless
 * that would be more than a quarter of its age. Waits as long as it takes: end it by the signal, which leaves the job
 * alone. Answers the final job info whatever the state.
 *
 * @param limit - Milliseconds after which the waiting ends; the job is left alone.
 * @throws TimeoutError with the phase `job` when the limit is over.
 */
export async function waitForJob<J extends IngestJob | QueryJob>(
  road: JobRoad<J>,
  id: string,
  call: CallOptions,
  onLook: (job: J) => void,
  limit: number = Number.POSITIVE_INFINITY,
): Promise<J> {
  const { clock, random } = road.connection
  const ending = endOf(road.connection, call.signal)
  const begin = clock.now()
  let age = 0
  road.waiting += 1
  try {
    for (;;) {
      const delay = delayAt(age, road.waiting) * (1 - random() / 5)
      await clock.sleep(Math.min(delay, Math.max(begin + limit - clock.now(), 0)), ending)
      const { job, serverTime } = await road.look(id, call)
      onLook(job)
      if (isFinal(job)) return job
      const waited = clock.now() - begin
      if (waited >= limit) throw timeout(job, waited)
      // Hosts may hide the header; then the job is at least as old as the wait for it.
      const known = serverTime - createdAt(job)
      age = known >= 0 ? known : waited
    }
  } finally {
    road.waiting -= 1
  }
}

function delayAt(age: number, waiting: number): number {
  const crowd = Math.sqrt(waiting)
  const longest = Math.min(Math.max(age / 120, LONGEST_DELAY), HOURS_DELAY)
  return Math.max(Math.min(age / 4, longest * crowd), SHORTEST_DELAY * crowd)
}

/** Salesforce writes `+0000`, without the colon that the standard asks for. */
function createdAt({ createdDate }: IngestJob | QueryJob): number {
  return Date.parse(String(createdDate).replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
}

function timeout(job: IngestJob | QueryJob, waited: number): TimeoutError {
  return new TimeoutError(
    `${named(job)} is still ${job.state} after a wait of ${duration(waited)}. ` +
      `Salesforce goes on with it; ${waits(job)} again.`,
    { phase: 'job' },
  )
}

/** @throws ConfigurationError for a job that has not come to its end: it has no results yet. */
export function checkEnded(job: IngestJob | QueryJob): void {
  if (isFinal(job)) return
  throw new ConfigurationError(
    `${named(job)} is still ${job.state}; its results are there when it has ended. ${waits(job)}.`,
  )
}

function waits({ id, operation }: IngestJob | QueryJob): string {
  const resume = operation === 'query' || operation === 'queryAll' ? 'resumeQuery' : 'resume'
  return `bulk.${resume}('${id}') waits for it`
}

/**
 * The error of an ingest job that was aborted because it took too long.
 *
 * @param before - Its state until then.
 * @param rows - How many it got.
 */
export function abortedError(job: IngestJob, before: string, waited: number, rows: number | undefined): TimeoutError {
  const { numberRecordsProcessed: processed } = job
  const done =
    processed === undefined || rows === undefined ? '' : `; Salesforce had worked on ${processed} of its ${rows} rows`
  const message = `${named(job)} was still ${before} after a wait of ${duration(waited)} and was aborted${done}.`
  return new TimeoutError(message, { phase: 'job' })
}

function named({ id, object, operation }: IngestJob | QueryJob): string {
  return `Bulk ${operation} job ${id} on ${object}`
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${Math.round(milliseconds / 1000)} s`
}

/** The error of a job that ended as `Failed` or `Aborted`; `undefined` for a complete one. */
export function jobError(job: IngestJob | QueryJob): BulkJobError | undefined {
  if (job.state !== 'Failed' && job.state !== 'Aborted') return undefined
  const { id, state, errorMessage } = job
  const what = named(job)
  const reason = errorMessage ? `: ${errorMessage}` : '; Salesforce gave no reason in the job info'
  const message = state === 'Aborted' ? `${what} was aborted${errorMessage ? reason : ''}` : `${what} failed${reason}`
  return new BulkJobError(message, { jobId: id, state })
}
