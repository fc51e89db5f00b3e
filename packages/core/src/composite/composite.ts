import { checkedFlag, checkedOptions } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { checkedCall } from '../http/call-options.ts'
import type { ApiRequest, CallOptions, Connection } from '../http/connection.ts'
import type { Schema } from '../schema.ts'
import { ReferenceIds } from './reference-ids.ts'
import { refusedError } from './refused-error.ts'
import type { Subrequest, SubrequestHandle, SubrequestResult } from './subrequest.ts'
import { SubrequestCollections } from './subrequest-collections.ts'
import { SubrequestList } from './subrequest-list.ts'
import { addQuery, type QueryRecords, type SubrequestQueryOptions } from './subrequest-query.ts'
import { SubrequestRecords } from './subrequest-records.ts'
import { addRequest, type RawSubrequest } from './subrequest-request.ts'
import { replayOf, takeAnswers, wireSubrequest } from './wire.ts'

/** Options of `salesforce.composite()`. */
export interface CompositeOptions {
  /** Rolls everything back when one subrequest fails. Default false: only those that refer to it fail as well. */
  readonly allOrNone?: boolean | undefined
  /**
   * Lets Salesforce run unrelated subrequests together: faster, but in no certain order. Default: Salesforce's own,
   * which is true since API 49.0.
   */
  readonly collateSubrequests?: boolean | undefined
  /** `send()` rejects with a `PartialFailureError` when a subrequest failed. Default false: failures are results. */
  readonly raise?: boolean | undefined
}

/** Most subrequests of a call, and most of them that are queries or collections ("Composite" of the REST API guide). */
const mostSubrequests = 25
const mostLists = 5

/**
 * Up to 25 requests in one call, later ones with values of earlier ones. Follows "Composite" of the REST API guide.
 *
 * @example
 * ```ts
 * const composite = salesforce.composite({ allOrNone: true, raise: true })
 * const account = composite.sobject('Account').create({ Name: 'Acme' })
 * const contact = composite.sobject('Contact').create({ LastName: 'Doe', AccountId: account.ref('id') })
 * await composite.send()
 * console.log(account.value.id, contact.value.id)
 * ```
 */
export class Composite<S extends Schema = Record<string, Record<string, unknown>>> {
  readonly #list: SubrequestList
  readonly #options: CompositeOptions

  /** Made by `salesforce.composite()`. */
  constructor(connection: Connection, options?: CompositeOptions) {
    const given = checkedOptions('options', options, ['allOrNone', 'collateSubrequests', 'raise'])
    for (const [name, value] of Object.entries(given)) if (value !== undefined) checkedFlag(name, value)
    this.#options = given
    const rules = { kind: 'composite', headers: true, references: true } as const
    this.#list = new SubrequestList(connection, rules, new ReferenceIds())
  }

  /** Runs a SOQL query; at most five of the subrequests may be queries or collections. */
  query<T = Record<string, unknown>>(soql: string, options?: SubrequestQueryOptions): Subrequest<QueryRecords<T>> {
    return addQuery<T>(this.#list, soql, options)
  }

  /** The records of one object. */
  sobject<N extends keyof S & string>(name: N): SubrequestRecords<S[N]> {
    return new SubrequestRecords<S[N]>(this.#list, name)
  }

  /** Up to 200 records of one object as one subrequest; counts among the five. */
  collections<N extends keyof S & string>(name: N): SubrequestCollections<S[N]> {
    return new SubrequestCollections<S[N]>(this.#list, name)
  }

  /** Any request: sObject resources, queries and collections are what Salesforce takes. */
  request<T = unknown>(request: RawSubrequest): Subrequest<T> {
    return addRequest<T>(this.#list, request)
  }

  /**
   * Sends everything as one call; nothing is sent when there is nothing. It can be sent once. The call is repeated after
   * a lost answer only when all of it may be.
   *
   * @returns the results in the order of the subrequests, the same as the handles have.
   * @throws ConfigurationError beyond 25 subrequests, or five queries and collections.
   * @throws PartialFailureError with `raise`; its `cause` is the error that made the others fail.
   */
  async send(options?: CallOptions): Promise<SubrequestResult[]> {
    const call = checkedCall(options)
    const { handles } = this.#list
    checkCount(handles)
    this.#list.close()
    if (handles.length === 0) return []
    const { allOrNone = false, collateSubrequests, raise = false } = this.#options
    const { connection } = this.#list
    const path = `${connection.dataPath}/composite`
    const json = { allOrNone, collateSubrequests, compositeRequest: handles.map(wireSubrequest) }
    const request: ApiRequest = { method: 'POST', path, body: { json }, replay: replayOf(handles) }
    try {
      const { content, attempts } = await connection.jsonAnswer(request, call)
      takeAnswers(handles, content, attempts)
    } catch (reason) {
      for (const handle of handles) handle.fail(reason)
      throw reason
    }
    const results = handles.map(({ result }) => result)
    const refusal = raise ? refusedError(handles, results) : undefined
    if (refusal !== undefined) throw refusal
    return results
  }
}

function checkCount(handles: readonly SubrequestHandle[]): void {
  const lists = handles.filter(({ call }) => /\/(?:query|queryAll|composite\/sobjects)(?:[/?]|$)/.test(call.url)).length
  if (handles.length > mostSubrequests) {
    throw new ConfigurationError(
      `A composite call takes ${mostSubrequests} subrequests, but there are ${handles.length}; send several, or use graph() or batch().`,
    )
  }
  if (lists > mostLists) {
    throw new ConfigurationError(
      `A composite call takes ${mostLists} queries and collections, but there are ${lists}; send several, or use batch().`,
    )
  }
}
