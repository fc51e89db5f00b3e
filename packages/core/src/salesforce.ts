import { type Actions, createActions, createFlows, type Flows } from './actions/actions.ts'
import { type Apex, createApex } from './apex/apex.ts'
import { type Approvals, createApprovals } from './approvals/approvals.ts'
import type { Login } from './auth/auth.ts'
import { type Bulk, createBulk } from './bulk/bulk.ts'
import { Collections } from './collections/collections.ts'
import { Batch, type BatchOptions } from './composite/batch.ts'
import { Composite, type CompositeOptions } from './composite/composite.ts'
import { GraphCall, type GraphOptions } from './composite/graph-call.ts'
import type { Listener, SalesforceEvents } from './events.ts'
import { createFiles, type Files } from './files/files.ts'
import { ClientConnection } from './http/client-connection.ts'
import type { ApiResponse, CallOptions } from './http/connection.ts'
import type { ApiUsage } from './http/usage.ts'
import {
  type ApiVersion,
  checkedLimits,
  checkedUser,
  checkedVersions,
  type OrgLimit,
  recordCounts,
  type UserInfo,
} from './org.ts'
import { createPlatformEvents, type PlatformEvents } from './platform-events/platform-events.ts'
import { count, explain, query, queryMore } from './query/query.ts'
import type { CountOptions, QueryOptions, QueryPlan } from './query/query-result.ts'
import { parameterizedSearch, search } from './query/search.ts'
import type { ParameterizedSearch } from './query/search-parameters.ts'
import { apiRequest, type RawRequest, type RawResponse } from './raw-request.ts'
import type { RecordStream } from './record-stream.ts'
import { createReports, type Reports } from './reports/reports.ts'
import type { Schema } from './schema.ts'
import { type PortableOptions, settle } from './settings.ts'
import { type DescribeIfChanged, type GlobalDescribe, readDescribe } from './sobject/describe.ts'
import { DescribeCache } from './sobject/describe-cache.ts'
import { SObject } from './sobject/sobject.ts'
import { Tree } from './tree/tree.ts'

/**
 * A client for one Salesforce org.
 *
 * @typeParam S - Record types by object name: `new Salesforce<{ Account: Account }>(...)`.
 * @example
 * ```ts
 * const salesforce = new Salesforce({ auth: clientCredentials({ clientId, clientSecret, loginUrl }) })
 * for await (const account of salesforce.query('SELECT Id, Name FROM Account')) console.log(account)
 * await salesforce.close()
 * ```
 */
export class Salesforce<S extends Schema = Record<string, Record<string, unknown>>> implements AsyncDisposable {
  readonly #connection: ClientConnection
  readonly #describes: DescribeCache
  readonly #onClose: (() => Promise<void>) | undefined
  #closed: Promise<void> | undefined
  /** Bulk API 2.0: jobs that load or extract any number of records. */
  readonly bulk: Bulk
  /** Apex classes that are REST services of their own. */
  readonly apex: Apex
  /** Invocable actions, standard and custom. */
  readonly actions: Actions
  /** Autolaunched flows. */
  readonly flows: Flows
  /** Salesforce Files, and other fields that hold files: up, down, versions, links. */
  readonly files: Files
  /** Platform events: publish. */
  readonly platformEvents: PlatformEvents
  /** Reports and their runs. */
  readonly reports: Reports
  /** Approval processes: submit, approve, reject. */
  readonly approvals: Approvals

  /** @throws ConfigurationError that names the option that is wrong. */
  constructor(options: PortableOptions) {
    const settings = settle(options)
    this.#connection = new ClientConnection(options, settings)
    this.#describes = new DescribeCache(this.#connection, settings.describeCache)
    this.#onClose = options.onClose
    this.bulk = createBulk(this.#connection)
    this.apex = createApex(this.#connection)
    this.actions = createActions(this.#connection)
    this.flows = createFlows(this.actions)
    this.files = createFiles(this.#connection)
    this.platformEvents = createPlatformEvents(this.#connection)
    this.reports = createReports(this.#connection)
    this.approvals = createApprovals(this.#connection)
    const { logger } = options
    if (logger !== undefined) {
      this.on('warning', ({ message }) => logger.warn?.(message))
      this.on('retry', ({ method, path, retry, delay, error }) =>
        logger.debug?.(`${method} ${path}: retry ${retry} in ${Math.round(delay)} ms after ${error.message}`),
      )
    }
  }

  /** The API version that is spoken: `67.0`. */
  get apiVersion(): string {
    return this.#connection.apiVersion
  }

  /** API requests of the org in the last 24 hours, as the newest answer told; `undefined` before the first one. */
  get usage(): ApiUsage | undefined {
    return this.#connection.usage.newest
  }

  /** Listens to an event; the function that comes back stops it. A listener can neither fail nor delay a call. */
  on<E extends keyof SalesforceEvents>(event: E, listener: Listener<E>): () => void {
    return this.#connection.events.on(event, listener)
  }

  /**
   * Runs a SOQL query. Lists of child records are complete, also beyond their first page. Write values with the `soql`
   * tag, never by joining text.
   */
  query<T = Record<string, unknown>>(soql: string, options?: QueryOptions, call?: CallOptions): RecordStream<T> {
    return query<T>(this.#connection, soql, options, call)
  }

  /**
   * Goes on with a query at the `nextRecordsUrl` of one of its pages: after a crash, in another process, or with a page
   * a request. Salesforce keeps the place for two days.
   */
  queryMore<T = Record<string, unknown>>(nextRecordsUrl: string, call?: CallOptions): RecordStream<T> {
    return queryMore<T>(this.#connection, nextRecordsUrl, call)
  }

  /**
   * The number of records that a query finds: `SELECT COUNT() FROM Account WHERE ...`.
   *
   * @throws ConfigurationError for a query of another form.
   */
  count(soql: string, options?: CountOptions, call?: CallOptions): Promise<number> {
    return count(this.#connection, soql, options, call)
  }

  /** Runs a SOSL search (`FIND {Acme} IN NAME FIELDS RETURNING Account(Id, Name)`). Write values with the `sosl` tag. */
  search<T = Record<string, unknown>>(sosl: string, call?: CallOptions): Promise<T[]> {
    return search<T>(this.#connection, sosl, call)
  }

  /** Searches for words without SOSL: `{ q: 'Acme', sobjects: [{ name: 'Account', fields: ['Id', 'Name'] }] }`. */
  parameterizedSearch<T = Record<string, unknown>>(parameters: ParameterizedSearch, call?: CallOptions): Promise<T[]> {
    return parameterizedSearch<T>(this.#connection, parameters, call)
  }

  /** How Salesforce would run a query, cheapest plan first. */
  explain(soql: string, call?: CallOptions): Promise<QueryPlan[]> {
    return explain(this.#connection, soql, call)
  }

  /** The records of one object. */
  sobject<N extends keyof S & string>(name: N): SObject<S[N]> {
    return new SObject<S[N]>(this.#connection, name, this.#describes)
  }

  /** Many records of one object in few calls. */
  collections<N extends keyof S & string>(name: N): Collections<S[N]> {
    return new Collections<S[N]>(this.#connection, name)
  }

  /** New records of one object with new records below them. */
  tree<N extends keyof S & string>(name: N): Tree<S[N], S> {
    return new Tree<S[N], S>(this.#connection, name, (object) =>
      new SObject(this.#connection, object, this.#describes).describe(),
    )
  }

  /** Up to 25 requests in one call, later ones with values of earlier ones. */
  composite(options?: CompositeOptions): Composite<S> {
    return new Composite<S>(this.#connection, options)
  }

  /** Any number of independent requests, 25 to a call. */
  batch(options?: BatchOptions): Batch<S> {
    return new Batch<S>(this.#connection, options)
  }

  /** Graphs of requests, each carried out all or not at all. */
  graph(options?: GraphOptions): GraphCall<S> {
    return new GraphCall<S>(this.#connection, options)
  }

  /** The limits of the org and what is left of them, by name. */
  async limits(call?: CallOptions): Promise<Readonly<Record<string, OrgLimit>>> {
    return checkedLimits(await this.#get(`${this.#connection.dataPath}/limits`, call))
  }

  /**
   * About how many records each object has, by name ("Record Count" of the REST API guide). Objects without records are
   * not among them.
   *
   * @param objects - Names of objects. Default: all.
   */
  recordCounts(objects?: readonly string[], call?: CallOptions): Promise<Readonly<Record<string, number>>> {
    return recordCounts(this.#connection, objects, call)
  }

  /** The API versions that the instance offers, oldest first. */
  async versions(call?: CallOptions): Promise<ApiVersion[]> {
    return checkedVersions(await this.#get('/services/data', call))
  }

  /** Who is logged in. */
  async userInfo(call?: CallOptions): Promise<UserInfo> {
    return checkedUser(await this.#get('/services/oauth2/userinfo', call))
  }

  /**
   * All objects that the user may see. Kept and asked for again like `sobject(name).describe()`; with `ifModifiedSince`
   * it is `undefined` when nothing has changed.
   */
  describeGlobal(options: DescribeIfChanged): Promise<GlobalDescribe | undefined>
  /** All objects that the user may see. */
  describeGlobal(call?: CallOptions): Promise<GlobalDescribe>
  describeGlobal(options?: CallOptions | DescribeIfChanged): Promise<GlobalDescribe | undefined> {
    return readDescribe(this.#describes, `${this.#connection.dataPath}/sobjects`, 'sobjects', options)
  }

  /**
   * Logs in and answers the fresh token and its instance, for hosts that keep sessions themselves. Other calls do not
   * need it and do not use its token: they log in on their own when they must. The options of the call apply to each
   * request of the login.
   *
   * @throws ConfigurationError when the instance is no host of Salesforce and not in `allowedHosts`.
   */
  login(call?: CallOptions): Promise<Login & { readonly instanceUrl: string }> {
    return this.#connection.login(call)
  }

  /**
   * Ends a token at Salesforce: the access or refresh token that is given, else the token of this client's session, if
   * there is one. The next call logs in again, where the login flow can.
   *
   * @throws AuthenticationError when Salesforce does not know the token that was given; ConfigurationError where the
   * host application owns the session.
   */
  revoke(token?: string, call?: CallOptions): Promise<void> {
    return this.#connection.revoke(token, call)
  }

  /** Sends any authenticated call and reads its answer. */
  async request<T = unknown>(raw: RawRequest, call?: CallOptions): Promise<RawResponse<T>> {
    const { status, headers, content } = await this.#connection.any(apiRequest(this.#connection, raw), call)
    return { status, headers, body: content as T }
  }

  /** Sends any authenticated call and hands out the body as a stream of bytes. */
  async requestStream(raw: RawRequest, call?: CallOptions): Promise<ApiResponse> {
    return this.#connection.stream(apiRequest(this.#connection, raw), call)
  }

  /**
   * Ends what is in flight, lets go of sockets, and refuses further calls: both reject with a `ConfigurationError`. The
   * `attempts` of its `request` tell whether the call had been sent. A bulk load ends too, its jobs stay at Salesforce,
   * and a warning names them; to abort them, abort the signal of the load and wait for its end before. A login whose
   * answer may replace a refresh token has ten seconds to hand it over.
   */
  async close(): Promise<void> {
    this.#closed ??= this.#connection.close().then(() => this.#onClose?.())
    await this.#closed
  }

  /** The same as `close()`, at the end of an `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #get(path: string, call: CallOptions | undefined): Promise<unknown> {
    return this.#connection.json({ method: 'GET', path, replay: 'always' }, call)
  }
}
