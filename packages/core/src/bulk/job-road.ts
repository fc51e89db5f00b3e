import { isId } from '../check.ts'
import { outcomeOf } from '../composite/unanswered.ts'
import { NotFoundError } from '../errors/api-error.ts'
import { SalesforceError } from '../errors/salesforce-error.ts'
import { withAdvice } from '../errors/with-advice.ts'
import type { ApiRequest, CallOptions, Connection } from '../http/connection.ts'
import { expectedList, expectedText, wrongAnswer } from '../http/expected.ts'
import { pathOf } from '../http/path.ts'
import { refusedWhenRepeated } from '../http/repeated.ts'
import { type Page, type RecordStream, recordStream } from '../record-stream.ts'
import type { IngestJob, QueryJob } from './job.ts'
import type { JobFilters } from './job-filters.ts'
import { type LinkedList, restOf } from './resource-address.ts'

/** Salesforce cuts a job into batches of this many rows ("Bulk API 2.0 Limits"). */
const rowsPerBatch = 10_000

/** One list answer. */
interface JobList<J> extends LinkedList {
  readonly records: J[]
}

/** The calls that exist for ingest jobs (`/jobs/ingest`) and query jobs (`/jobs/query`) alike. */
export class JobRoad<J extends IngestJob | QueryJob> {
  readonly connection: Connection
  /** `/services/data/v67.0/jobs/ingest` */
  readonly path: string
  /** Jobs that somebody waits for: the more, the less often each is looked at. */
  waiting = 0

  constructor(connection: Connection, road: 'ingest' | 'query') {
    this.connection = connection
    this.path = `${connection.dataPath}/jobs/${road}`
  }

  /** Creates a job. Never repeated when nobody knows whether Salesforce made it. */
  async create(job: Readonly<Record<string, unknown>>, call: CallOptions = {}): Promise<J> {
    call.signal?.throwIfAborted()
    const request: ApiRequest = { method: 'POST', path: this.path, body: { json: job }, replay: 'if-unsent' }
    try {
      return await this.#info(request, call)
    } catch (error) {
      throw this.#afterCreate(error)
    }
  }

  /** When the answer is lost nobody knows the Id of the job, so nobody can abort it. */
  #afterCreate(error: unknown): unknown {
    // What fails in the login, which the creation waits for, names the login.
    const before = error instanceof SalesforceError && error.request !== undefined && error.request.path !== this.path
    if (before || outcomeOf(error) !== 'unknown') return error
    const leftover = `Salesforce may have created an empty job at ${this.path} all the same; list the jobs to abort it`
    if (error instanceof SalesforceError) return withAdvice(error, `${leftover}.`)
    this.connection.warn(`The creation of a bulk job was aborted. ${leftover}.`)
    return error
  }

  /** Job info with its counters. */
  async get(id: string, call: CallOptions = {}): Promise<J> {
    return this.#info({ method: 'GET', path: this.address(id), replay: 'always' }, call)
  }

  /** Job info with its counters, and the server's time as it answered: its `Date`, in milliseconds since the epoch. */
  async look(id: string, call: CallOptions): Promise<{ readonly job: J; readonly serverTime: number }> {
    const { job, headers } = await this.#answer({ method: 'GET', path: this.address(id), replay: 'always' }, call)
    return { job, serverTime: Date.parse(headers.date ?? '') }
  }

  /** Says that the data of an ingest job, so many rows, is complete; the answer lacks the counters. */
  complete(id: string, rows: number, call: CallOptions = {}): Promise<J> {
    return this.#move(id, 'UploadComplete', call, Math.ceil(rows / rowsPerBatch))
  }

  /** Ends a job that has not come to its end. What is done stays done. The answer lacks the counters. */
  abort(id: string, call: CallOptions = {}): Promise<J> {
    return this.#move(id, 'Aborted', call)
  }

  /** Moves a job. A refusal after a lost answer may mean that it has moved already: the job itself tells. */
  async #move(id: string, state: 'UploadComplete' | 'Aborted', call: CallOptions, bulkBatches?: number): Promise<J> {
    const body = { json: { state } }
    const request: ApiRequest = { method: 'PATCH', path: this.address(id), body, replay: 'always', bulkBatches }
    try {
      return await this.#info(request, call)
    } catch (error) {
      if (!(refusedWhenRepeated(error) && [400, 409].includes(error.status))) throw error
      const job = await this.get(id, call)
      const moved = job.state !== 'Open' && (job.state === 'Aborted') === (state === 'Aborted')
      if (moved) return job
      throw error
    }
  }

  async #info(request: ApiRequest, call: CallOptions): Promise<J> {
    return (await this.#answer(request, call)).job
  }

  /** Sends a call that answers with the info of a job. Without its state a job would be waited for for ever. */
  async #answer(
    request: ApiRequest,
    call: CallOptions,
  ): Promise<{ readonly job: J; readonly headers: Readonly<Record<string, string>> }> {
    const { content, headers } = await this.connection.jsonAnswer(request, call)
    const job = content as J
    const what = `${request.method} ${request.path}`
    expectedText(what, job, 'state')
    if (isId(expectedText(what, job, 'id'))) return { job, headers }
    throw wrongAnswer(`${what} succeeded, but the id in its answer is no Id of a job`, job)
  }

  /** Deletes a job that has come to its end, and its data. */
  async delete(id: string, call: CallOptions = {}): Promise<void> {
    try {
      await this.connection.json<unknown>({ method: 'DELETE', path: this.address(id), replay: 'always' }, call)
    } catch (error) {
      if (!(refusedWhenRepeated(error) && error instanceof NotFoundError)) throw error
    }
  }

  /** All jobs of the last seven days that the user may see, one page of Salesforce's at a time. */
  list(filters: JobFilters = {}, call: CallOptions = {}): RecordStream<J> {
    return recordStream<J>((signal) => this.#pages(filters, { ...call, signal }), call.signal)
  }

  /** Path of a job, or of something below it. */
  address(id: string, below = ''): string {
    return `${pathOf(this.path, id)}${below}`
  }

  async *#pages(filters: JobFilters, call: CallOptions): AsyncGenerator<Page<J>, void, undefined> {
    let request: ApiRequest = { method: 'GET', path: this.path, query: { ...filters }, replay: 'always' }
    for (;;) {
      const list: JobList<J> = await this.connection.json<JobList<J>>(request, call)
      const records = expectedList<J>('The list of bulk jobs', list, 'records')
      const rest = restOf('the list of bulk jobs', list)
      yield { records, done: rest === undefined }
      if (rest === undefined) return
      request = { method: 'GET', ...rest, replay: 'always' }
    }
  }
}
