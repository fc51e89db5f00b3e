import type { CallOptions } from '../http/connection.ts'
import { endOf } from '../http/end-of.ts'
import { unlessAborted } from '../unless-aborted.ts'
import type { IngestCheckpoint } from './checkpoint.ts'
import { type IngestCounts, IngestLedger, type Load } from './ingest-ledger.ts'
import { plainOptions, type SettledIngestOptions } from './ingest-options.ts'
import type { FailedRow, LoadEnd } from './ingest-results.ts'
import { type IngestSource, leaveSource } from './ingest-source.ts'
import { type IngestJob, isFinal } from './job.ts'
import type { JobRoad } from './job-road.ts'
import { JobWatches } from './job-watches.ts'
import { ProgressEvents } from './progress.ts'
import { RejectedRows } from './rejected-rows.ts'
import { RowPositions } from './row-positions.ts'
import { RowSending } from './row-sending.ts'
import { takenJobs, warnOfSecondUse } from './taken-jobs.ts'
import { abortQuietly } from './upload.ts'
import { named, withWayOn } from './way-on.ts'

/** What is to be loaded, or to be gone on with. */
export interface IngestTask {
  /** Absent where jobs are known by their Ids alone. */
  readonly options: SettledIngestOptions | undefined
  readonly source: IngestSource | undefined
  /** Where an earlier load ended. */
  readonly checkpoint: IngestCheckpoint | undefined
}

/** Carries out a load, once. The rules are on `BulkIngest`. */
export class IngestRun {
  readonly ledger: IngestLedger
  readonly progress: ProgressEvents
  /** Where rows were in the input, if that was asked for. */
  readonly positions: RowPositions | undefined
  readonly #road: JobRoad<IngestJob>
  readonly #task: IngestTask
  readonly #call: CallOptions
  /** Aborted by the caller, or when the client is closed. */
  readonly #ending: AbortSignal
  /** Aborted when nothing more is to be uploaded; its reason is why. */
  readonly #stop = new AbortController()
  readonly #rejected: RejectedRows
  readonly #watches: JobWatches
  /** Absent where there is nothing but jobs to wait for. */
  readonly #sending: RowSending | undefined
  #restored: boolean
  #uploading: Promise<void> | undefined
  #running: Promise<void> | undefined
  #aborting: Promise<unknown> | undefined
  /** The checkpoints that are being stored, one after the other. */
  #noted: Promise<unknown> = Promise.resolve()
  #watching = false
  /** Whether all is uploaded but for second passes. */
  #uploaded = false
  /** How many rows are loaded again, as far as they are known; absent until that begins. */
  #again: { readonly total?: number } | undefined
  #bytes = 0

  constructor(road: JobRoad<IngestJob>, task: IngestTask, call: CallOptions) {
    this.#road = road
    this.#task = task
    this.#ending = endOf(road.connection, call.signal)
    this.#call = { ...call, signal: this.#ending }
    this.progress = new ProgressEvents(road.connection.clock)
    this.ledger = new IngestLedger(task.options && plainOptions(task.options))
    this.#rejected = new RejectedRows(task.options)
    this.positions = task.options?.positions ? new RowPositions(task.options) : undefined
    this.#restored = task.checkpoint === undefined
    this.#watches = new JobWatches({
      road,
      ledger: this.ledger,
      call: this.#call,
      limit: task.options?.waitTimeout,
      abortOnTimeout: task.options?.abortOnTimeout,
      onLook: ({ id }) => this.#report(id),
      onFailure: (error) => this.#stop.abort(error),
    })
    this.#sending = task.options && this.#sendingOf(task.options)
  }

  #sendingOf(options: SettledIngestOptions): RowSending {
    return new RowSending({
      road: this.#road,
      options,
      ledger: this.ledger,
      call: this.#call,
      stop: this.#stop,
      rejected: this.#rejected,
      positions: this.positions,
      note: () => this.#note(),
      onRead: (rows) => {
        // Later on the uploads tell more.
        if (this.ledger.ids.length > 0) return
        this.progress.report({ phase: 'reading', rows, ...this.#inAll(), bytes: 0, jobs: {} })
      },
      onUploaded: (load, part) => {
        this.#bytes += part.bytes
        this.#report(load.job.id)
        if (this.#watching) void this.#watches.of(load)
      },
      ended: (load) => this.#watches.of(load),
    })
  }

  /** Aborted when the load is to end. */
  get ending(): AbortSignal {
    return this.#ending
  }

  get rejected(): readonly FailedRow[] {
    return this.#rejected.rows
  }

  /** The rows that were not sent, and how they would have been. */
  get rejectedRows(): LoadEnd['rejected'] {
    const { options } = this.#task
    return options === undefined ? undefined : { rows: this.#rejected, options }
  }

  get counts(): IngestCounts {
    return this.ledger.counts(this.#rejected.rows.length)
  }

  get checkpoint(): IngestCheckpoint {
    const { checkpoint } = this.#task
    return this.#restored || checkpoint === undefined ? this.ledger.checkpoint() : checkpoint
  }

  upload(): Promise<void> {
    this.#uploading ??= this.#uploadAll()
    return this.#uploading
  }

  run(): Promise<void> {
    this.#running ??= this.#run()
    return this.#running
  }

  async #run(): Promise<void> {
    this.#watching = true
    try {
      await this.upload()
      await this.#watches.all()
      await this.#retryLocked()
    } catch (error) {
      // What is uploaded is waited for all the same.
      await this.#watches.all().catch(() => {})
      if (this.#ending.aborted) await this.#abortAll()
      throw withWayOn(error, this.ledger, this.checkpoint, this.#road.connection)
    }
  }

  async #uploadAll(): Promise<void> {
    this.#ending.throwIfAborted()
    const stop = (): void => this.#stop.abort(this.#ending.reason)
    this.#ending.addEventListener('abort', stop)
    try {
      const before = await this.#restore()
      const { source } = this.#task
      const isRead = !this.ledger.complete || this.ledger.hasUnsent || this.positions !== undefined
      if (source !== undefined && isRead) await this.#sending?.input(source)
      else if (source !== undefined) leaveSource(source)
      for (const load of before) await this.#sending?.left(load)
      this.#uploaded = true
      this.#ending.throwIfAborted()
    } catch (error) {
      if (this.#ending.aborted) await this.#abortAll()
      throw withWayOn(error, this.ledger, this.checkpoint, this.#road.connection)
    } finally {
      this.#ending.removeEventListener('abort', stop)
    }
  }

  /** Answers the jobs of the checkpoint that have rows. */
  async #restore(): Promise<readonly Load[]> {
    const { checkpoint, source, options } = this.#task
    if (checkpoint === undefined) return []
    const looked = takenJobs(this.#road, checkpoint, source !== undefined, this.#call)
    const { taken, missing } = await looked.catch(async (error) => {
      // Those that have ended refuse it.
      if (this.#ending.aborted) await Promise.all(checkpoint.jobs.map(({ id }) => abortQuietly(this.#road, id)))
      throw error
    })
    this.ledger.restore(checkpoint, taken, !missing)
    this.#restored = true
    const rest = (source !== undefined && !this.ledger.complete) || taken.some((load) => this.ledger.left(load) > 0)
    if (rest && options !== undefined) warnOfSecondUse(options, this.#road.connection)
    if (options?.concurrencyMode === 'serial') {
      for (const load of taken) if (!isFinal(load.job)) await this.#watches.of(load)
    }
    return taken
  }

  /** Loads locked rows again, pass after pass. */
  async #retryLocked(): Promise<void> {
    const passes = this.#task.options?.retryLockedRows ?? 0
    let before = 0
    for (let pass = 1; pass <= passes; pass += 1) {
      this.#again = {}
      const onRead = (rows: number): void => {
        before += rows
        this.#again = { total: before }
      }
      if (!(await this.#sending?.locked(pass, onRead))) return
      await this.#watches.all()
    }
  }

  #note(): Promise<unknown> {
    const { onCheckpoint } = this.#task.options ?? {}
    if (onCheckpoint === undefined) return Promise.resolve()
    const note = this.#noted.then(() => {
      // Whoever goes on with the load stores checkpoints of its own, which an older one must not follow.
      this.#ending.throwIfAborted()
      return onCheckpoint(this.ledger.checkpoint())
    })
    this.#noted = note.catch(() => {})
    return unlessAborted(note, this.#ending)
  }

  #report(jobId: string): void {
    const { rows, processed, rejected } = this.counts
    const jobs = this.ledger.states()
    const news = { bytes: this.#bytes, jobs, jobId }
    if (this.#again !== undefined)
      this.progress.report({ phase: 'retrying', rows: this.ledger.retried, ...this.#again, ...news })
    else if (this.#uploaded)
      this.progress.report({ phase: 'processing', rows: processed, total: rows - rejected, ...news })
    else this.progress.report({ phase: 'uploading', rows, ...this.#inAll(), ...news })
  }

  /** Rows of the input, where they are known before it is read. */
  #inAll(): { readonly total?: number } {
    const total = Array.isArray(this.#task.source) ? this.#task.source.length : this.ledger.inputRows
    return total === undefined ? {} : { total }
  }

  /** Aborts the jobs that have not ended, once. */
  #abortAll(): Promise<unknown> {
    this.#aborting ??= this.#abortEach()
    return this.#aborting
  }

  async #abortEach(): Promise<void> {
    const { uploaded, ids } = this.ledger
    const { connection } = this.#road
    await Promise.all(
      uploaded.map(async (load) => {
        if (!isFinal(load.job)) load.job = { ...load.job, ...(await abortQuietly(this.#road, load.job.id)) }
      }),
    )
    const left = ids.filter((id) => !uploaded.some(({ job }) => job.id === id && isFinal(job)))
    if (!connection.closing.aborted || left.length === 0) return
    connection.warn(
      `This Salesforce client was closed during a bulk load. Salesforce keeps ${named(left)}: with another client ` +
        'bulk.resume goes on with the load, and bulk.ingestJobs.abort(id) ends a job.',
    )
  }
}
