import { ConfigurationError } from '../errors/configuration-error.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import { type Page, type RecordStream, recordStream } from '../record-stream.ts'
import { completeChildren, hasChildQuery } from './child-records.ts'
import { queryByComposite } from './long-query.ts'
import type { QueryOptions, QueryPlan, QueryResult } from './query-result.ts'

/**
 * Longest encoded query that still goes into a URL. URL and headers together may have 16,384 bytes, and proxies stop
 * at 8,192 for the request line.
 */
const longestQueryInUrl = 7_500

/** Runs a SOQL query page by page; see `Salesforce.query`. */
export function query<T>(
  connection: Connection,
  soql: string,
  options: QueryOptions = {},
  call: CallOptions = {},
): RecordStream<T> {
  checkQuery(soql)
  const headers = queryHeaders(options, call)
  return recordStream<T>((signal) => pages<T>(connection, soql, options, { ...call, headers, signal }), call.signal)
}

/** Asks for the plans of a query without running it; see `Salesforce.explain`. */
export async function explain(connection: Connection, soql: string, call?: CallOptions): Promise<QueryPlan[]> {
  checkQuery(soql)
  const path = `${connection.dataPath}/query`
  const answer = await connection.json<{ plans: QueryPlan[] }>(
    { method: 'GET', path, query: { explain: soql }, replay: 'always' },
    call,
  )
  return answer.plans
}

async function* pages<T>(
  connection: Connection,
  soql: string,
  options: QueryOptions,
  call: CallOptions,
): AsyncGenerator<Page<T>, void, undefined> {
  const withChildren = hasChildQuery(soql)
  let result = await firstPage<T>(connection, soql, options, call)
  while (true) {
    if (withChildren) await completeChildren(connection, result.records, call)
    const next = result.nextRecordsUrl
    yield { records: result.records, totalSize: result.totalSize, done: next === undefined }
    if (next === undefined) return
    result = await connection.json({ method: 'GET', path: next, replay: 'always' }, call)
  }
}

function firstPage<T>(
  connection: Connection,
  soql: string,
  options: QueryOptions,
  call: CallOptions,
): Promise<QueryResult<T>> {
  const path = `${connection.dataPath}/${options.includeDeleted ? 'queryAll' : 'query'}`
  const encoded = encodeURIComponent(soql)
  if (encoded.length > longestQueryInUrl) return queryByComposite(connection, `${path}?q=${encoded}`, call)
  return connection.json({ method: 'GET', path: `${path}?q=${encoded}`, replay: 'always' }, call)
}

function queryHeaders(options: QueryOptions, call: CallOptions): Readonly<Record<string, string>> | undefined {
  const { batchSize } = options
  if (batchSize === undefined) return call.headers
  if (!Number.isInteger(batchSize) || batchSize < 200 || batchSize > 2_000) {
    throw new ConfigurationError(`batchSize must be a whole number from 200 to 2,000, but is ${batchSize}.`)
  }
  return { 'sforce-query-options': `batchSize=${batchSize}`, ...call.headers }
}

function checkQuery(soql: string): void {
  if (typeof soql !== 'string' || soql.trim() === '') throw new ConfigurationError('The SOQL query is empty.')
}
