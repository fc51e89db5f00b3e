import { BulkJobError } from '../errors/bulk-job-error.ts'
import type { CallOptions } from '../http/connection.ts'
import { endOf } from '../http/end-of.ts'
import { type IngestJob, isFinal, type QueryJob } from './job.ts'
import type { JobRoad } from './job-road.ts'

/** Milliseconds before the first look at a job: small jobs are done within it. */
const FIRST_DELAY = 250
/** Milliseconds between looks at a job that takes long. */
const LONGEST_DELAY = 10_000
const GROWTH = 1.5

/**
 * Looks at a job until it has come to its end, quickly at first and then less and less often, to a look every ten
 * seconds; up to a fifth of each delay is random. Waits as long as it takes: end it by the signal, which leaves the job
 * alone. Answers the final job info whatever the state.
 */
export async function waitForJob<J extends IngestJob | QueryJob>(
  road: JobRoad<J>,
  id: string,
  call: CallOptions,
  onLook: (job: J) => void,
): Promise<J> {
  const { clock, random } = road.connection
  const ending = endOf(road.connection, call.signal)
  let delay = FIRST_DELAY
  for (;;) {
    await clock.sleep(delay * (1 - random() / 5), ending)
    const job = await road.get(id, call)
    onLook(job)
    if (isFinal(job)) return job
    delay = Math.min(delay * GROWTH, LONGEST_DELAY)
  }
}

/** The error of a job that ended as `Failed` or `Aborted`; `undefined` for a complete one. */
export function jobError(job: IngestJob | QueryJob): BulkJobError | undefined {
  if (job.state !== 'Failed' && job.state !== 'Aborted') return undefined
  const { id, state, object, operation, errorMessage } = job
  const what = `Bulk ${operation} job ${id} on ${object}`
  const reason = errorMessage ? `: ${errorMessage}` : '; Salesforce gave no reason in the job info'
  const message = state === 'Aborted' ? `${what} was aborted${errorMessage ? reason : ''}` : `${what} failed${reason}`
  return new BulkJobError(message, { jobId: id, state })
}
