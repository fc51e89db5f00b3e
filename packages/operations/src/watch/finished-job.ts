import { ApiError, type IngestJob, LimitError, type QueryJob, type Salesforce } from '@forcewire/core/portable'
import { type FailedBulkRow, failedRow } from '../bulk/failed-row.ts'
import { type IngestTally, tally } from '../bulk/tally.ts'

/** A bulk job that has reached its end, with what became of its rows. */
export interface FinishedJob {
  readonly job: IngestJob | QueryJob
  readonly counts: IngestTally & { readonly processed: number }
  /** The first failed rows, each with its reasons. */
  readonly failures: readonly FailedBulkRow[]
  /** Failed rows that are counted but not listed; `bulk.results` streams all of them. */
  readonly failuresOmitted: number
}

const none = { created: 0, updated: 0, deleted: 0, failed: 0, unprocessed: 0 }

/** A query job has no row results: its counts say how many records wait to be fetched. */
export async function finishedQuery(job: QueryJob): Promise<FinishedJob> {
  return { job, counts: { ...none, processed: job.numberRecordsProcessed ?? 0 }, failures: [], failuresOmitted: 0 }
}

/**
 * Reads what became of the rows of an ingest job. The list of jobs holds no counters, so the job is read once more.
 * A job whose rows cannot be read, since it was deleted meanwhile or belongs to somebody else, is reported with what
 * its info said; otherwise it would keep all later jobs from being reported.
 */
export async function finishedIngest(
  salesforce: Salesforce,
  listed: IngestJob,
  failureLimit: number,
  signal: AbortSignal | undefined,
): Promise<FinishedJob> {
  let job = listed
  try {
    job = await salesforce.bulk.ingestJobs.get(listed.id, { signal })
    const processed = job.numberRecordsProcessed ?? 0
    const failed = job.numberRecordsFailed ?? 0
    const rows = salesforce.bulk.ingestJobs.results(job.id, { signal })
    const failures =
      failed > 0 && failureLimit > 0 ? (await rows.failed().all({ limit: failureLimit })).map(failedRow) : []
    const unprocessed = job.state === 'JobComplete' ? 0 : await count(rows.unprocessed())
    const done = await tally(job.operation, processed - failed, () => rows.successful())
    return {
      job,
      counts: { processed, ...done, failed, unprocessed },
      failures,
      failuresOmitted: failed - failures.length,
    }
  } catch (error) {
    if (!isClosedToUs(error)) throw error
    const { numberRecordsProcessed: processed = 0, numberRecordsFailed: failed = 0 } = job
    return { job, counts: { ...none, processed, failed }, failures: [], failuresOmitted: failed }
  }
}

function isClosedToUs(error: unknown): boolean {
  return error instanceof ApiError && !(error instanceof LimitError) && [403, 404].includes(error.status)
}

async function count(rows: AsyncIterable<unknown>): Promise<number> {
  let total = 0
  for await (const _ of rows) total++
  return total
}
