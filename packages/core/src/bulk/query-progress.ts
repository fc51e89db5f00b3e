import type { Clock } from '../http/connection.ts'
import { isFinal, type QueryJob } from './job.ts'
import { type BulkProgress, ProgressEvents } from './progress.ts'

/** Adds what came down to the counts of one loop. */
export type CountDownload = (job: QueryJob, rows: number, bytes: number) => void

/** How far an extract has come, over all its jobs. */
export class QueryProgress {
  readonly events: ProgressEvents
  /** How many jobs will have to be complete for all records to be there. */
  expected = 1
  readonly #jobs = new Map<string, QueryJob>()
  /** What the newest loop has downloaded; later looks at jobs are told together with it. */
  #loop: { rows: number; bytes: number } | undefined

  constructor(clock: Clock) {
    this.events = new ProgressEvents(clock)
  }

  /** Takes note of a look at a job, and tells the listeners. */
  looked(job: QueryJob): void {
    this.#jobs.set(job.id, job)
    this.#report(job, this.#loop)
  }

  /** Begins the downloads of a loop. */
  downloads(): CountDownload {
    const counts = { rows: 0, bytes: 0 }
    return (job, rows, bytes) => {
      this.#jobs.set(job.id, job)
      // Each loop has a pace of its own.
      if (this.#loop !== counts) this.events.restart()
      this.#loop = counts
      counts.rows += rows
      counts.bytes += bytes
      this.#report(job, counts)
    }
  }

  #report({ id }: QueryJob, loop: { readonly rows: number; readonly bytes: number } | undefined): void {
    const jobs: Partial<Record<QueryJob['state'], number>> = {}
    let processed = 0
    let complete = 0
    for (const job of this.#jobs.values()) {
      jobs[job.state] = (jobs[job.state] ?? 0) + 1
      // What a failed job had found is found again by others.
      if (isFinal(job) && job.state !== 'JobComplete') continue
      processed += job.numberRecordsProcessed ?? Number.NaN
      if (job.state === 'JobComplete') complete += 1
    }
    const known = Number.isNaN(processed) ? undefined : processed
    const total = complete >= this.expected && known !== undefined ? { total: known } : {}
    const phase: Pick<BulkProgress, 'phase' | 'rows' | 'bytes'> =
      loop === undefined ? { phase: 'processing', rows: known ?? 0, bytes: 0 } : { phase: 'downloading', ...loop }
    this.events.report({ ...phase, ...total, jobs, jobId: id })
  }
}
