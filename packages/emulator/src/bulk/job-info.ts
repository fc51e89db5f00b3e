import type { IngestJob } from './ingest-job.ts'
import { jobTime } from './job-times.ts'
import type { QueryJob } from './query-job.ts'

/** What every answer about a job says, with `more` at its place (recorded: `doc-bulk2-uploadcomplete`). */
export function commonInfo(job: IngestJob | QueryJob, more: object = {}): object {
  return {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: job.createdById,
    createdDate: jobTime(job.createdDate),
    systemModstamp: jobTime(job.systemModstamp),
    state: job.state,
    ...more,
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(job.version),
  }
}

/** How the CSV of a job is written. */
export function dialectInfo({ lineEnding, columnDelimiter }: IngestJob | QueryJob): object {
  return { lineEnding, columnDelimiter }
}
