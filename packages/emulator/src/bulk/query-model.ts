import type { Org } from '../org/org.ts'
import { compileSoql } from '../soql/compile.ts'
import { bulkError, invalidValue, notTerminated, otherVersion, wrongState } from './errors.ts'
import { type JobPage, jobPage, type ListQuery } from './job-list.ts'
import { JobRegister } from './job-register.ts'
import { PacedJob } from './pacing.ts'
import { isOver, type QueryJob, type QueryJobState, type QueryOrder } from './query-job.ts'
import { bulkQueryError, checkBulkQuery } from './query-order.ts'
import { QueryResult } from './query-result.ts'
import { compileOptions, runQuery } from './query-run.ts'
import type { Workspace } from './workspace.ts'

/** One page of a query job's result. */
export interface ResultPage {
  readonly csv: AsyncIterable<string | Buffer>
  readonly rows: number
  /** Locator of the next page; undefined on the last. */
  readonly next: string | undefined
}

interface Entry {
  readonly job: QueryJob
  readonly result: QueryResult
  /** Ends the work on the job. */
  readonly stop: AbortController
  paced: PacedJob | undefined
}

/** Rows per result page where the caller does not say (forcedotcom/cli issue 3138 saw about 250,000). */
export const DEFAULT_PAGE_ROWS = 250_000

/** Result pages per answer of /resultPages (Bulk API 2.0 guide, "Get Parallel Results for a Query Job"). */
const PAGES_PER_ANSWER = 5

/** The query jobs of an org: their states and their results. Knows no HTTP. */
export class QueryJobService {
  readonly #org: Org
  readonly #workspace: Workspace
  readonly #pageRows: number
  readonly #register: JobRegister<QueryJob, Entry>

  /**
   * Jobs that an earlier process left unfinished in the data file run again by themselves.
   *
   * @param pageRows rows per result page where the caller does not say.
   */
  constructor(org: Org, workspace: Workspace, pageRows: number = DEFAULT_PAGE_ROWS) {
    this.#org = org
    this.#workspace = workspace
    this.#pageRows = pageRows
    this.#register = new JobRegister<QueryJob, Entry>(org, {
      kind: 'query',
      restored: (job) => this.#entry(job),
      disposed: async (entry) => {
        end(entry)
        entry.result.remove()
        await entry.paced?.idle()
        if (!this.#register.has(entry.job.id)) entry.result.remove()
      },
    })
    for (const entry of this.#register.entries()) if (!isOver(entry.job.state)) this.#queue(entry)
  }

  /** Creates a job and queues it. */
  create(order: QueryOrder): QueryJob {
    const now = this.#org.clock.now()
    const createdById = this.#org.userId
    const job: QueryJob = {
      ...order,
      id: this.#org.ids.next('750'),
      object: this.#check({ ...order, createdById, createdDate: now }),
      createdById,
      createdDate: now,
      systemModstamp: now,
      state: 'UploadComplete',
      errorMessage: undefined,
      processed: 0,
      header: '',
      processingTime: 0,
    }
    const entry = this.#entry(job)
    this.#register.add(entry)
    this.#org.bulkUsage.queryJobs.count(1)
    this.#queue(entry)
    return job
  }

  /** A job as a status read sees it. */
  async read(jobId: string): Promise<QueryJob> {
    const { job, paced } = this.#register.find(jobId)
    await paced?.read()
    return job
  }

  /** All jobs as they are, in the order of their creation; looking on is no status read. */
  get jobs(): QueryJob[] {
    return this.#register.entries().map(({ job }) => job)
  }

  /** A page of the jobs asked for, in the order of their creation. */
  async list(query: ListQuery): Promise<JobPage<QueryJob>> {
    await Promise.all(this.#register.entries().map(({ paced }) => paced?.look()))
    return jobPage(this.jobs, 'V2Query', query)
  }

  /** Aborts a job that is not over. */
  setState(jobId: string, state: unknown): QueryJob {
    const entry = this.#register.find(jobId)
    if (state !== 'Aborted') throw invalidValue('state', state)
    if (isOver(entry.job.state)) throw wrongState('Aborting already Completed Job not allowed')
    end(entry)
    this.#enter(entry.job, 'Aborted')
    return entry.job
  }

  /** Forgets a job that is over, and its result. */
  delete(jobId: string): void {
    const entry = this.#register.find(jobId)
    if (!isOver(entry.job.state)) throw notTerminated()
    this.#register.remove(entry)
  }

  /** Stops all work; with a data file the next process does it again. */
  async close(): Promise<void> {
    const entries = this.#register.entries()
    for (const entry of entries) end(entry)
    await Promise.all(entries.map(({ paced }) => paced?.idle()))
    await this.#register.tidied()
  }

  /** A page of the result; `maxRecords` rows after the locator. `version` is that of the call. */
  results(
    jobId: string,
    version: string,
    { locator, maxRecords = this.#pageRows }: { locator?: string | undefined; maxRecords?: number | undefined } = {},
  ): ResultPage {
    const { job, result } = this.#finished(jobId, version)
    const offset = locator === undefined ? 0 : locatedRow(locator, job.processed)
    const rows = Math.min(maxRecords, job.processed - offset)
    const end = offset + rows
    return {
      csv: result.page(job.header, offset, rows),
      rows,
      next: end < job.processed ? rowLocator(end) : undefined,
    }
  }

  /** Locators of up to five result pages from a locator on, and where the next answer begins. */
  resultPages(
    jobId: string,
    version: string,
    locator: string | undefined,
  ): { job: QueryJob; pages: string[]; next: string | undefined } {
    const { job } = this.#finished(jobId, version)
    const pages: string[] = []
    let offset = locator === undefined ? 0 : locatedRow(locator, job.processed)
    do {
      pages.push(rowLocator(offset))
      offset += this.#pageRows
    } while (offset < job.processed && pages.length < PAGES_PER_ANSWER)
    return { job, pages, next: offset < job.processed ? rowLocator(offset) : undefined }
  }

  /** Refuses a query that cannot be run, and gives the name of its object. */
  #check(order: Pick<QueryJob, 'createdById' | 'createdDate' | 'operation' | 'query'>): string {
    try {
      const compiled = compileSoql(order.query, compileOptions(this.#org, order))
      checkBulkQuery(order.query, compiled)
      return compiled.object
    } catch (error) {
      throw bulkQueryError(error, /\bFROM\s+(\w+)/i.exec(order.query)?.[1])
    }
  }

  #entry(job: QueryJob): Entry {
    const result = new QueryResult(this.#workspace.path, job.id)
    return { job, result, stop: new AbortController(), paced: undefined }
  }

  #queue(entry: Entry): void {
    entry.paced = new PacedJob(this.#org, {
      start: () => this.#start(entry.job),
      run: () => this.#run(entry),
    })
  }

  async #run({ job, result, stop: { signal } }: Entry): Promise<void> {
    const begin = this.#org.clock.now()
    this.#start(job)
    let ending: QueryJobState = 'JobComplete'
    try {
      await runQuery(this.#org, { job, result, signal })
      this.#org.bulkUsage.queryResults.count(result.bytes)
    } catch (error) {
      ending = 'Failed'
      job.errorMessage = error instanceof Error ? error.message : String(error)
    }
    job.processingTime = this.#org.clock.now() - begin
    // A job whose work was ended is aborted, forgotten, or left to the next process.
    if (!signal.aborted) this.#enter(job, ending)
  }

  #start(job: QueryJob): void {
    if (job.state === 'UploadComplete') this.#enter(job, 'InProgress')
  }

  #finished(jobId: string, version: string): Entry {
    const entry = this.#register.find(jobId)
    const { state, version: created } = entry.job
    if (state !== 'JobComplete') throw wrongState(`Results of a Job in state ${state} are not available`)
    if (created !== version) throw otherVersion(created, version)
    return entry
  }

  #enter(job: QueryJob, state: QueryJobState): void {
    job.state = state
    job.systemModstamp = this.#org.clock.now()
    this.#register.save(job)
  }
}

/** Ends the work on a job after the slice that is being done. */
function end({ paced, stop }: Entry): void {
  paced?.cancel()
  stop.abort()
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
