import { ProtocolError } from '../errors/protocol-error.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import { expectedList } from '../http/expected.ts'
import { subrequestError } from '../http/subrequest-error.ts'

/**
 * Longest encoded query that still goes into a URL. URL and headers together may have 16,384 bytes, and proxies stop
 * at 8,192 for the request line.
 */
const longestInUrl = 7_500

interface QueryAnswer {
  readonly body: unknown
  readonly httpHeaders?: Readonly<Record<string, string>>
  readonly httpStatusCode: number
}

/** A call of the Query or QueryAll resource. */
export interface QueryRequest {
  readonly resource: 'query' | 'queryAll'
  readonly parameter: 'q' | 'explain'
  readonly soql: string
}

/**
 * Asks the Query resource, whose parameter may be longer than an HTTP request line (414, 431). Then it is sent as the
 * one subrequest of a composite call, where the same URL travels in the body (Salesforce help article 000386264).
 */
export async function askQueryResource(
  connection: Connection,
  { resource, parameter, soql }: QueryRequest,
  call: CallOptions,
): Promise<unknown> {
  const encoded = encodeURIComponent(soql)
  const path = `${connection.dataPath}/${resource}?${parameter}=${encoded}`
  if (encoded.length <= longestInUrl) return connection.json({ method: 'GET', path, replay: 'always' }, call)
  return askByComposite(connection, path, call)
}

async function askByComposite(connection: Connection, url: string, call: CallOptions): Promise<unknown> {
  const httpHeaders = queryOptionsOf(call.headers)
  const json = { compositeRequest: [{ method: 'GET', url, referenceId: 'query', httpHeaders }] }
  const path = `${connection.dataPath}/composite`
  const answer = await connection.json({ method: 'POST', path, body: { json }, replay: 'always' }, call)
  const [result] = expectedList<QueryAnswer>(`POST ${path}`, answer, 'compositeResponse')
  const request = { method: 'GET', path: url.slice(0, url.indexOf('?')), attempts: 1 }
  if (!Number.isInteger(result?.httpStatusCode)) {
    throw new ProtocolError(`POST ${path} succeeded without the result of the query that was sent in it`, { request })
  }
  const { httpStatusCode: status, body, httpHeaders: headers } = result as QueryAnswer
  if (status >= 300) throw subrequestError({ status, body, headers, request })
  return body
}

/** `Sforce-Query-Options`, which must reach the query within the composite; the caller's own come after `batchSize`. */
function queryOptionsOf(headers: CallOptions['headers']): Readonly<Record<string, string>> {
  const own = Object.entries(headers ?? {}).findLast(([name]) => name.toLowerCase() === 'sforce-query-options')
  return own === undefined ? {} : { 'Sforce-Query-Options': own[1] }
}
