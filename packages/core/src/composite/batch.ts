import { checkedFlag, checkedOptions, checkedText } from '../check.ts'
import { checkedCall } from '../http/call-options.ts'
import type { ApiRequest, CallOptions, Connection } from '../http/connection.ts'
import { expectedList, wrongAnswer } from '../http/expected.ts'
import { checkedLimits, type OrgLimit } from '../org.ts'
import { searchRecords } from '../query/search.ts'
import type { Schema } from '../schema.ts'
import { type Chunk, chunksOf, defaultParallelCalls } from './chunks.ts'
import { ReferenceIds } from './reference-ids.ts'
import { refusedError } from './refused-error.ts'
import { sendChunks } from './send-chunks.ts'
import type { Subrequest, SubrequestHandle, SubrequestResult, WireAnswer } from './subrequest.ts'
import { checkedSubrequest, SubrequestList, type SubrequestOptions } from './subrequest-list.ts'
import { addQuery, type QueryRecords, type SubrequestQueryOptions } from './subrequest-query.ts'
import { SubrequestRecords } from './subrequest-records.ts'
import { addRequest, type RawSubrequest } from './subrequest-request.ts'
import { answerEach, replayOf } from './wire.ts'

/** Options of `salesforce.batch()`. */
export interface BatchOptions {
  /**
   * After a subrequest that fails, the rest is not carried out and fails with `BATCH_PROCESSING_HALTED`. Kept over
   * several calls, which then go one after the other. Default false.
   */
  readonly haltOnError?: boolean | undefined
  /** `send()` rejects with a `PartialFailureError` when a subrequest failed. Default false: failures are results. */
  readonly raise?: boolean | undefined
}

interface BatchResult {
  readonly statusCode: number
  readonly result: unknown
}

/** Most subrequests of one call. */
const mostSubrequests = 25

/**
 * Any number of requests that know nothing of each other, 25 to a call. Each is carried out in its order within its
 * call and counts as a request of its own. Follows "Composite Batch" of the REST API guide.
 *
 * @example
 * ```ts
 * const batch = salesforce.batch()
 * const limits = batch.limits()
 * const accounts = ids.map((id) => batch.sobject('Account').get(id, { fields: ['Name'] }))
 * await batch.send()
 * for (const account of accounts) console.log(account.result.ok ? account.value.Name : account.result.error.message)
 * ```
 */
export class Batch<S extends Schema = Record<string, Record<string, unknown>>> {
  readonly #list: SubrequestList
  readonly #options: BatchOptions

  /** Made by `salesforce.batch()`. */
  constructor(connection: Connection, options?: BatchOptions) {
    const given = checkedOptions('options', options, ['haltOnError', 'raise'])
    for (const [name, value] of Object.entries(given)) if (value !== undefined) checkedFlag(name, value)
    this.#options = given
    const rules = { kind: 'batch', headers: false, references: false } as const
    this.#list = new SubrequestList(connection, rules, new ReferenceIds())
  }

  /** Runs a SOQL query. */
  query<T = Record<string, unknown>>(soql: string, options?: SubrequestQueryOptions): Subrequest<QueryRecords<T>> {
    return addQuery<T>(this.#list, soql, options)
  }

  /** Runs a SOSL search. */
  search<T = Record<string, unknown>>(sosl: string, options?: SubrequestOptions): Subrequest<T[]> {
    const text = checkedText('The SOSL search', sosl)
    const url = `${this.#list.connection.dataPath}/search?q=${encodeURIComponent(text)}`
    const given = checkedSubrequest(options)
    return this.#list.add('Search', { method: 'GET', url, replay: 'always' }, given, (answer) =>
      searchRecords<T>(answer),
    )
  }

  /** The records of one object. */
  sobject<N extends keyof S & string>(name: N): SubrequestRecords<S[N]> {
    return new SubrequestRecords<S[N]>(this.#list, name)
  }

  /** The limits of the org and what is left of them, by name. */
  limits(options?: SubrequestOptions): Subrequest<Readonly<Record<string, OrgLimit>>> {
    const url = `${this.#list.connection.dataPath}/limits`
    const given = checkedSubrequest(options)
    return this.#list.add('Limits', { method: 'GET', url, replay: 'always' }, given, checkedLimits)
  }

  /** Any request: limits, sObject resources, queries, searches, Connect, Chatter and actions are what Salesforce takes. */
  request<T = unknown>(request: RawSubrequest): Subrequest<T> {
    return addRequest<T>(this.#list, request)
  }

  /**
   * Sends everything; nothing is sent when there is nothing. It can be sent once. A call is repeated after a lost answer
   * only when all of it may be.
   *
   * @returns the results in the order of the subrequests, the same as the handles have.
   * @throws PartialFailureError when a call failed after others had brought results: its `results` hold these, and an
   * `UnansweredSubrequest` for each of the others; also with `raise`, when a subrequest failed.
   */
  async send(options?: CallOptions): Promise<SubrequestResult[]> {
    const call = checkedCall(options)
    this.#list.close()
    const { handles } = this.#list
    const { haltOnError = false, raise = false } = this.#options
    const chunks = haltOnError ? untilFailure(handles) : chunksOf(handles, mostSubrequests)
    const results = await sendChunks<SubrequestResult, SubrequestHandle>(
      handles,
      chunks,
      haltOnError ? 1 : defaultParallelCalls,
      call.signal,
      (some) => this.#send(some, haltOnError, call),
    )
    const refusal = raise ? refusedError(handles, results) : undefined
    if (refusal !== undefined) throw refusal
    return results
  }

  async #send(handles: readonly SubrequestHandle[], haltOnError: boolean, call: CallOptions): Promise<void> {
    const { connection } = this.#list
    const path = `${connection.dataPath}/composite/batch`
    const json = { haltOnError, batchRequests: handles.map(wireRequest) }
    const request: ApiRequest = { method: 'POST', path, body: { json }, replay: replayOf(handles) }
    const { content, attempts } = await connection.jsonAnswer(request, call)
    const results = expectedList<BatchResult>('A batch', content, 'results')
    if (results.length !== handles.length) {
      throw wrongAnswer(`A batch of ${handles.length} subrequests succeeded without as many results`, content)
    }
    const answerOf = (_: SubrequestHandle, index: number): WireAnswer => {
      const { statusCode, result } = results[index] as BatchResult
      return { status: statusCode, body: result }
    }
    answerEach(handles, answerOf, attempts)
  }
}

/** Salesforce's own answer to what comes after a failure (status 412, "Batch Request Body" of the guide). */
const halted = {
  status: 412,
  body: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Not carried out, because a subrequest before it failed.' }],
}

/** Chunks up to the first that holds a failure; what comes after it is halted without being sent. */
function* untilFailure(handles: readonly SubrequestHandle[]): Generator<Chunk<SubrequestHandle>, void, undefined> {
  for (const chunk of chunksOf(handles, mostSubrequests)) {
    const failed = handles.slice(0, chunk.start).some(({ error }) => error !== undefined && error.status >= 400)
    if (!failed) yield chunk
    else for (const handle of chunk.items) handle.answer(halted, 0)
  }
}

/** `richInput` and a path without `/services/data`: batch alone has it so. */
function wireRequest({ call }: SubrequestHandle): object {
  return { method: call.method, url: call.url.replace(/^\/services\/data\//, ''), richInput: call.body }
}
