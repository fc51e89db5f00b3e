import { type IngestJob, isOver } from './ingest-job.ts'
import type { QueryJob } from './query-job.ts'

/** A bulk job as somebody who only looks on sees it. */
export interface JobView {
  readonly id: string
  readonly object: string
  /** `insert` and so on for ingest jobs, `query` or `queryAll` for query jobs. */
  readonly operation: string
  readonly state: string
  readonly createdDate: string
  /** Rows tried, failed ones included; the rows of the result of a query job. */
  readonly processed: number
  /** Rows that failed; always 0 for query jobs. */
  readonly failed: number
  /** How much of the upload is processed, 0 to 1; null where nobody knows. */
  readonly progress: number | null
  readonly errorMessage?: string
}

/** Where the bulk services show their jobs to the control plane and the status page. */
export class JobBoard {
  readonly #sources: (() => readonly (IngestJob | QueryJob)[])[] = []

  /** Shows the jobs that `source` gives, whenever somebody looks. */
  show(source: () => readonly (IngestJob | QueryJob)[]): void {
    this.#sources.push(source)
  }

  /** All jobs, newest first. */
  list(): JobView[] {
    const jobs = this.#sources.flatMap((source) => source())
    return jobs.sort((a, b) => b.createdDate - a.createdDate || (a.id < b.id ? 1 : -1)).map(view)
  }
}

function view(job: IngestJob | QueryJob): JobView {
  return {
    id: job.id,
    object: job.object,
    operation: job.operation,
    state: job.state,
    createdDate: new Date(job.createdDate).toISOString(),
    processed: job.processed,
    failed: 'failed' in job ? job.failed : 0,
    progress: progressOf(job),
    ...(job.errorMessage !== undefined && { errorMessage: job.errorMessage }),
  }
}

function progressOf(job: IngestJob | QueryJob): number | null {
  if (job.state === 'JobComplete') return 1
  if (!('uploadedBytes' in job) || isOver(job.state) || job.uploadedBytes === 0) return null
  return job.processedBytes / job.uploadedBytes
}
