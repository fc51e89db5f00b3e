import { ProtocolError } from '../errors/protocol-error.ts'
import type { CallOptions } from '../http/connection.ts'
import { endOf } from '../http/end-of.ts'
import { type RecordStream, recordStream } from '../record-stream.ts'
import type { IngestSummary } from './ingest.ts'
import type { SettledIngestOptions } from './ingest-options.ts'
import type { IngestPart } from './ingest-part.ts'
import { ingestParts } from './ingest-parts.ts'
import { type FailedRow, readIngestResult } from './ingest-results.ts'
import { type IngestSource, openSource } from './ingest-source.ts'
import { type IngestJob, isFinal } from './job.ts'
import type { JobRoad } from './job-road.ts'
import { paged } from './paged.ts'
import { reporter } from './progress.ts'
import { RejectedRows } from './rejected-rows.ts'
import { abortQuietly, uploadPart } from './upload.ts'
import { jobError, waitForJob } from './wait-for-job.ts'

/** A job of this load, with what it must account for. */
interface Load {
  job: IngestJob
  readonly rows: number
}

/** Carries out a load, once. The rules are on `BulkIngest`. */
export class IngestRun {
  readonly #road: JobRoad<IngestJob>
  readonly #options: SettledIngestOptions
  readonly #source: IngestSource
  readonly #call: CallOptions
  /** Aborted by the caller, or when the client is closed. */
  readonly #ending: AbortSignal
  /** Aborted when nothing more is to be uploaded, for whatever reason. */
  readonly #stop = new AbortController()
  readonly #report: ReturnType<typeof reporter>
  readonly #rejected = new RejectedRows()
  readonly #loads: Load[] = []
  readonly #watches = new Map<Load, Promise<void>>()
  #uploading: Promise<void> | undefined
  #running: Promise<IngestSummary> | undefined
  #watching = false
  #told = false
  #uploadedRows = 0

  constructor(road: JobRoad<IngestJob>, options: SettledIngestOptions, source: IngestSource, call: CallOptions) {
    this.#road = road
    this.#options = options
    this.#source = source
    this.#ending = endOf(road.connection, call.signal)
    this.#call = { ...call, signal: this.#ending }
    this.#report = reporter(options.onProgress)
  }

  get jobs(): IngestJob[] {
    return this.#uploaded().map(({ job }) => job)
  }

  get rejected(): readonly FailedRow[] {
    return this.#rejected.rows
  }

  async upload(): Promise<IngestJob[]> {
    this.#uploading ??= this.#uploadAll()
    await this.#uploading
    return this.jobs
  }

  /** Runs for a caller who learns of a failure here, so that the streams need not repeat it. */
  told(): Promise<IngestSummary> {
    this.#told = true
    return this.run()
  }

  run(): Promise<IngestSummary> {
    this.#running ??= this.#run()
    return this.#running
  }

  results<T>(kind: 'successful' | 'failed' | 'unprocessed', withRejected = false): RecordStream<T> {
    return recordStream<T>((signal) => paged(this.#results<T>(kind, withRejected, signal)), this.#call.signal)
  }

  async *#results<T>(
    kind: 'successful' | 'failed' | 'unprocessed',
    withRejected: boolean,
    signal: AbortSignal,
  ): AsyncGenerator<T[], void, undefined> {
    let failure: { readonly error: unknown } | undefined
    try {
      await this.#ran(signal)
    } catch (error) {
      // Jobs that failed, and those beside them, have results too.
      failure = { error }
    }
    for (const job of this.jobs) {
      if (isFinal(job)) yield* readIngestResult<T>(this.#road, job, kind, { ...this.#call, signal })
    }
    if (withRejected && this.#rejected.rows.length > 0) yield this.#rejected.rows as unknown as T[]
    if (failure !== undefined && !this.#told) throw failure.error
  }

  /** Waits for the end of the load, or until the loop is left; then the load goes on without it. */
  #ran(loop: AbortSignal): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        // A load that is ending has jobs to abort first.
        if (!this.#ending.aborted) reject(loop.reason)
      }
      const over = (): void => loop.removeEventListener('abort', leave)
      loop.addEventListener('abort', leave)
      this.run().finally(over).then(resolve, reject)
    })
  }

  async #run(): Promise<IngestSummary> {
    this.#watching = true
    let failure: { readonly error: unknown } | undefined
    try {
      await this.upload()
    } catch (error) {
      failure = { error }
    }
    const outcomes = await Promise.allSettled(this.#uploaded().map((load) => this.#watch(load)))
    if (this.#ending.aborted) await this.#abortAll()
    if (failure !== undefined) throw failure.error
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    return this.#summary()
  }

  async #uploadAll(): Promise<void> {
    this.#ending.throwIfAborted()
    const stop = (): void => this.#stop.abort()
    this.#ending.addEventListener('abort', stop)
    try {
      const opened = await openSource(this.#source, this.#stop.signal)
      const { scratch } = this.#road.connection
      const parts = ingestParts(opened, this.#options, this.#rejected, { scratch, skip: [] })
      const workers = Array.from({ length: this.#options.jobsInFlight }, () => this.#uploadFrom(parts))
      const outcomes = await Promise.allSettled(workers)
      await parts.return()
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
      // A source that was left looks as if it had come to its end.
      this.#ending.throwIfAborted()
    } finally {
      this.#ending.removeEventListener('abort', stop)
    }
  }

  /** One of the workers that share the parts; each holds one part at a time. */
  async #uploadFrom(parts: AsyncGenerator<IngestPart, void, undefined>): Promise<void> {
    const { signal } = this.#stop
    try {
      while (!signal.aborted) {
        const item = await parts.next()
        if (item.done === true) return
        try {
          if (!signal.aborted) await this.#uploadOne(item.value)
        } finally {
          await item.value.close()
        }
      }
    } catch (error) {
      this.#stop.abort()
      throw error
    }
  }

  async #uploadOne(part: IngestPart): Promise<void> {
    const job = await uploadPart(this.#road, part, this.#options, this.#call, () => {})
    const load: Load = { job, rows: part.rows }
    this.#loads[part.index] = load
    this.#uploadedRows += part.rows
    this.#report({ phase: 'uploading', rows: this.#uploadedRows, jobId: job.id })
    if (this.#watching) void this.#watch(load)
  }

  #watch(load: Load): Promise<void> {
    const known = this.#watches.get(load)
    if (known !== undefined) return known
    const watch = this.#finish(load)
    // Reported by run() once all others have ended.
    watch.catch(() => {
      this.#stop.abort()
    })
    this.#watches.set(load, watch)
    return watch
  }

  async #finish(load: Load): Promise<void> {
    const job = await waitForJob(this.#road, load.job.id, this.#call, (look) => {
      load.job = look
      this.#reportProcessed(look.id)
    })
    const error = jobError(job)
    if (error !== undefined) throw error
    const { numberRecordsProcessed: processed } = job
    if (processed === undefined || processed === load.rows) return
    throw new ProtocolError(
      `Bulk job ${job.id} got ${load.rows} rows, but Salesforce accounts for ${processed}. ` +
        'Compare its results with the input before loading the missing rows again.',
    )
  }

  #reportProcessed(jobId: string): void {
    const rows = this.jobs.reduce((sum, job) => sum + (job.numberRecordsProcessed ?? 0), 0)
    this.#report({ phase: 'processing', rows, total: this.#uploadedRows, jobId })
  }

  async #abortAll(): Promise<void> {
    const unfinished = this.#uploaded().filter(({ job }) => !isFinal(job))
    await Promise.all(
      unfinished.map(async (load) => {
        load.job = { ...load.job, ...(await abortQuietly(this.#road, load.job.id)) }
      }),
    )
  }

  #summary(): IngestSummary {
    const rejected = this.#rejected.rows.length
    let rows = rejected
    let processed = 0
    let failed = rejected
    for (const load of this.#uploaded()) {
      rows += load.rows
      processed += load.job.numberRecordsProcessed ?? load.rows
      failed += load.job.numberRecordsFailed ?? 0
    }
    return { jobs: this.jobs, rows, processed, failed, unprocessed: rows - rejected - processed }
  }

  /** In the order of the input; a part whose upload failed has no place. */
  #uploaded(): Load[] {
    return this.#loads.filter((load) => load !== undefined)
  }
}
