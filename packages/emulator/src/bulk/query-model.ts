import type { Org } from '../org/org.ts'
import { compileSoql } from '../soql/compile.ts'
import type { CompiledQuery } from '../soql/compiled-query.ts'
import { ResultSnapshot } from '../soql/snapshot.ts'
import { bulkError, invalidValue, jobNotFound, notTerminated, wrongState } from './errors.ts'
import { type JobPage, jobPage } from './job-list.ts'
import { PacedJob } from './pacing.ts'
import type { QueryJob, QueryJobState, QueryOrder } from './query-job.ts'
import { bulkQueryError, checkBulkQuery } from './query-order.ts'
import { csvPage } from './query-rows.ts'

/** One page of a query job's result. */
export interface ResultPage {
  readonly csv: AsyncIterable<string>
  readonly rows: number
  /** Locator of the next page; undefined on the last. */
  readonly next: string | undefined
}

interface Entry {
  readonly job: QueryJob
  readonly compiled: CompiledQuery
  paced: PacedJob | undefined
  snapshot: ResultSnapshot | undefined
}

/** Rows per result page where the caller does not say (forcedotcom/cli issue 3138 saw about 250,000). */
export const DEFAULT_PAGE_ROWS = 250_000

/** Result pages per answer of /resultPages (Bulk API 2.0 guide, "Get Parallel Results for a Query Job"). */
const PAGES_PER_ANSWER = 5

/** The query jobs of an org: their states and their results. Knows no HTTP. */
export class QueryJobService {
  readonly #org: Org
  readonly #pageRows: number
  readonly #entries: Map<string, Entry> = new Map()

  /** @param pageRows rows per result page where the caller does not say. */
  constructor(org: Org, pageRows: number = DEFAULT_PAGE_ROWS) {
    this.#org = org
    this.#pageRows = pageRows
    org.onReset(() => this.#forgetAll())
  }

  /** Creates a job and queues it. */
  create(order: QueryOrder): QueryJob {
    const compiled = this.#compile(order)
    const now = this.#org.clock.now()
    const job: QueryJob = {
      ...order,
      id: this.#org.ids.next('750'),
      object: compiled.object,
      createdById: this.#org.userId,
      createdDate: now,
      systemModstamp: now,
      state: 'UploadComplete',
      errorMessage: undefined,
      processed: 0,
      processingTime: 0,
    }
    const entry: Entry = { job, compiled, paced: undefined, snapshot: undefined }
    this.#entries.set(job.id, entry)
    entry.paced = new PacedJob(this.#org, {
      start: () => {
        if (job.state === 'UploadComplete') this.#enter(job, 'InProgress')
      },
      run: () => this.#run(entry),
    })
    return job
  }

  /** A job as a status read sees it. */
  async read(jobId: string): Promise<QueryJob> {
    const entry = this.#entry(jobId)
    await entry.paced?.read()
    return entry.job
  }

  /** All jobs as they are, in the order of their creation; looking on is no status read. */
  get jobs(): QueryJob[] {
    return [...this.#entries.values()].map(({ job }) => job)
  }

  /** A page of all jobs in the order of their creation, or undefined for an unknown locator. */
  async list(locator: string | undefined): Promise<JobPage<QueryJob> | undefined> {
    await Promise.all([...this.#entries.values()].map((entry) => entry.paced?.look()))
    return jobPage(
      [...this.#entries.values()].map((entry) => entry.job),
      locator,
    )
  }

  /** Aborts a job that is not over. */
  setState(jobId: string, state: unknown): QueryJob {
    const { job, paced } = this.#entry(jobId)
    if (state !== 'Aborted') throw invalidValue('state', state)
    if (isOver(job.state)) throw wrongState('Aborting already Completed Job not allowed')
    paced?.cancel()
    this.#enter(job, 'Aborted')
    return job
  }

  /** Forgets a job that is over, and its result. */
  delete(jobId: string): void {
    const entry = this.#entry(jobId)
    if (!isOver(entry.job.state)) throw notTerminated()
    entry.snapshot?.drop()
    this.#entries.delete(entry.job.id)
  }

  /** A page of the result; `maxRecords` rows after the locator. */
  results(jobId: string, locator: string | undefined, maxRecords: number | undefined): ResultPage {
    const { job, snapshot } = this.#finished(jobId)
    const offset = locator === undefined ? 0 : locatedRow(locator, snapshot.size)
    const rows = Math.min(maxRecords ?? this.#pageRows, snapshot.size - offset)
    const end = offset + rows
    return {
      csv: csvPage(snapshot, offset, rows, job),
      rows,
      next: end < snapshot.size ? rowLocator(end) : undefined,
    }
  }

  /** Locators of up to five result pages from a locator on, and where the next answer begins. */
  resultPages(
    jobId: string,
    locator: string | undefined,
  ): { job: QueryJob; pages: string[]; next: string | undefined } {
    const { job, snapshot } = this.#finished(jobId)
    const pages: string[] = []
    let offset = locator === undefined ? 0 : locatedRow(locator, snapshot.size)
    do {
      pages.push(rowLocator(offset))
      offset += this.#pageRows
    } while (offset < snapshot.size && pages.length < PAGES_PER_ANSWER)
    return { job, pages, next: offset < snapshot.size ? rowLocator(offset) : undefined }
  }

  #compile(order: QueryOrder): CompiledQuery {
    const { schema, clock, userId } = this.#org
    const includeDeleted = order.operation === 'queryAll'
    try {
      const compiled = compileSoql(order.query, { schema, now: clock.now(), includeDeleted, userId })
      checkBulkQuery(order.query, compiled)
      return compiled
    } catch (error) {
      throw bulkQueryError(error, /\bFROM\s+(\w+)/i.exec(order.query)?.[1])
    }
  }

  async #run(entry: Entry): Promise<void> {
    const { job, compiled } = entry
    const begin = this.#org.clock.now()
    this.#enter(job, 'InProgress')
    try {
      entry.snapshot = new ResultSnapshot(this.#org.database, `bulk_${job.id}`, compiled)
      job.processed = entry.snapshot.size
      this.#enter(job, 'JobComplete')
    } catch (error) {
      job.errorMessage = error instanceof Error ? error.message : String(error)
      this.#enter(job, 'Failed')
    }
    job.processingTime = this.#org.clock.now() - begin
  }

  #entry(jobId: string): Entry {
    const entry = this.#entries.get(jobId) ?? [...this.#entries.values()].find(({ job }) => job.id.startsWith(jobId))
    if (entry === undefined || jobId.length < 15) throw jobNotFound()
    return entry
  }

  #finished(jobId: string): { job: QueryJob; snapshot: ResultSnapshot } {
    const { job, snapshot } = this.#entry(jobId)
    if (snapshot === undefined) throw wrongState(`Results of a Job in state ${job.state} are not available`)
    return { job, snapshot }
  }

  #enter(job: QueryJob, state: QueryJobState): void {
    job.state = state
    job.systemModstamp = this.#org.clock.now()
  }

  #forgetAll(): void {
    for (const { job, paced, snapshot } of this.#entries.values()) {
      paced?.cancel()
      if (!isOver(job.state)) job.state = 'Aborted'
      snapshot?.drop()
    }
    this.#entries.clear()
  }
}

function isOver(state: QueryJobState): boolean {
  return state === 'JobComplete' || state === 'Failed' || state === 'Aborted'
}

/** Salesforce's locators look like Base64 of a row number; callers must not care. */
function rowLocator(row: number): string {
  return Buffer.from(String(row)).toString('base64url')
}

function locatedRow(locator: string, size: number): number {
  const row = Number(Buffer.from(locator, 'base64url').toString('latin1') || Number.NaN)
  if (Number.isInteger(row) && row >= 0 && (row < size || row === 0)) return row
  throw bulkError('API_ERROR', `Invalid locator: ${locator}`)
}
