import { ProtocolError } from '../errors/protocol-error.ts'
import type { CallOptions } from '../http/connection.ts'
import { type RecordStream, recordStream } from '../record-stream.ts'
import { csvParts } from './csv-parts.ts'
import type { SettledIngestOptions } from './ingest-options.ts'
import type { IngestPart } from './ingest-part.ts'
import { type FailedRow, readIngestResult, type SuccessfulRow } from './ingest-results.ts'
import { type IngestSource, openSource } from './ingest-source.ts'
import { type IngestJob, isFinal } from './job.ts'
import type { JobRoad } from './job-road.ts'
import { paged } from './paged.ts'
import { reporter } from './progress.ts'
import { RejectedRows } from './rejected-rows.ts'
import type { ResultRow } from './result-batch.ts'
import { rowParts } from './row-parts.ts'
import { abortQuietly, uploadPart } from './upload.ts'
import { jobError, waitForJob } from './wait-for-job.ts'

/** What became of a load. `rows` = successes + `failed` + `unprocessed`. */
export interface IngestSummary {
  /** The jobs in the order of the input, with their counters. */
  readonly jobs: IngestJob[]
  /** Rows of the input. */
  readonly rows: number
  /** Rows that Salesforce worked on, refused ones included. */
  readonly processed: number
  /** Rows that Salesforce refused, and rows that could not be sent to it. */
  readonly failed: number
  /** Rows that Salesforce never came to; 0 when every job is complete. */
  readonly unprocessed: number
}

/**
 * A load by Bulk API 2.0. It starts when one of its methods is called (or the first row of a stream is pulled), runs
 * once, and the same object then answers for it.
 *
 * When a job fails or an upload breaks off, no further jobs are started, the uploaded ones are waited for, and then the
 * error is thrown; the streams still tell what became of the rows that were sent, and end in that error unless `run()`
 * was called and has told it. Aborting the call's signal aborts the
 * jobs that have not come to their end.
 */
export interface BulkIngest {
  /** Creates and uploads all jobs without waiting for their end. No rows, no jobs, no request. */
  upload(): Promise<IngestJob[]>
  /**
   * Uploads, waits for every job, and counts.
   * @throws ConfigurationError before any request when the input cannot be loaded.
   * @throws BulkJobError when a job ended as Failed or Aborted.
   * @throws ProtocolError when Salesforce does not account for every row.
   */
  run(): Promise<IngestSummary>
  /** The rows that Salesforce took, job after job. */
  successful(): RecordStream<SuccessfulRow>
  /** The rows that Salesforce refused, job after job, and then those that could not be sent to it. */
  failed(): RecordStream<FailedRow>
  /** The rows that failed or aborted jobs never came to. */
  unprocessed(): RecordStream<ResultRow>
  /** The newest info of the jobs so far, in the order of the input. */
  readonly jobs: readonly IngestJob[]
}

/** A job of this load, with what it must account for. */
interface Load {
  job: IngestJob
  readonly rows: number
}

/** Prepares a load; nothing is read or sent yet. */
export function bulkIngest(
  road: JobRoad<IngestJob>,
  options: SettledIngestOptions,
  source: IngestSource,
  call: CallOptions,
): BulkIngest {
  const ingest = new Ingest(road, options, source, call)
  return {
    upload: () => ingest.upload(),
    run: () => ingest.told(),
    successful: () => ingest.results('successful'),
    failed: () => ingest.results('failed', true),
    unprocessed: () => ingest.results('unprocessed'),
    get jobs() {
      return ingest.jobs
    },
  }
}

class Ingest {
  readonly #road: JobRoad<IngestJob>
  readonly #options: SettledIngestOptions
  readonly #source: IngestSource
  readonly #call: CallOptions
  readonly #report: ReturnType<typeof reporter>
  readonly #rejected = new RejectedRows()
  readonly #loads: Load[] = []
  readonly #watches = new Map<Load, Promise<void>>()
  #uploading: Promise<void> | undefined
  #running: Promise<IngestSummary> | undefined
  #watching = false
  #told = false
  #stopped = false
  #uploadedRows = 0

  constructor(road: JobRoad<IngestJob>, options: SettledIngestOptions, source: IngestSource, call: CallOptions) {
    this.#road = road
    this.#options = options
    this.#source = source
    this.#call = call
    this.#report = reporter(options.onProgress)
  }

  get jobs(): IngestJob[] {
    return this.#uploaded().map(({ job }) => job)
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
      await this.run()
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

  async #run(): Promise<IngestSummary> {
    this.#watching = true
    let failure: { readonly error: unknown } | undefined
    try {
      await this.upload()
    } catch (error) {
      failure = { error }
    }
    const outcomes = await Promise.allSettled(this.#uploaded().map((load) => this.#watch(load)))
    if (this.#call.signal?.aborted) await this.#abortAll()
    if (failure !== undefined) throw failure.error
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    return this.#summary()
  }

  async #uploadAll(): Promise<void> {
    const opened = await openSource(this.#source)
    const parts =
      opened.kind === 'rows'
        ? rowParts(opened.batches, this.#options, this.#rejected)
        : csvParts(opened.chunks, this.#options, this.#rejected)
    const workers = Array.from({ length: this.#options.jobsInFlight }, () => this.#uploadFrom(parts))
    const outcomes = await Promise.allSettled(workers)
    await parts.return()
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  }

  /** One of the workers that share the parts; each holds one part at a time. */
  async #uploadFrom(parts: AsyncGenerator<IngestPart, void, undefined>): Promise<void> {
    try {
      while (!this.#stopped) {
        this.#call.signal?.throwIfAborted()
        const item = await parts.next()
        if (item.done === true || this.#stopped) return
        await this.#uploadOne(item.value)
      }
    } catch (error) {
      this.#stopped = true
      throw error
    }
  }

  async #uploadOne(part: IngestPart): Promise<void> {
    const job = await uploadPart(this.#road, part, this.#options, this.#call)
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
      this.#stopped = true
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
    const unfinished = this.jobs.filter((job) => !isFinal(job))
    await Promise.all(unfinished.map(({ id }) => abortQuietly(this.#road, id)))
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
