import type { CallOptions, Connection } from '../http/connection.ts'
import { subrequestError } from '../http/subrequest-error.ts'
import type { QueryResult } from './query-result.ts'

interface CompositeAnswer<T> {
  readonly compositeResponse: readonly { readonly body: T; readonly httpStatusCode: number }[]
}

/**
 * Runs a query whose URL is too long for an HTTP request line (414, 431) as the one subrequest of a composite call,
 * where the same URL travels in the body (Salesforce help article 000386264).
 */
export async function queryByComposite<T>(
  connection: Connection,
  url: string,
  call: CallOptions,
): Promise<QueryResult<T>> {
  const path = `${connection.dataPath}/composite`
  const options = call.headers?.['sforce-query-options']
  const httpHeaders = options === undefined ? {} : { httpHeaders: { 'Sforce-Query-Options': options } }
  const json = { compositeRequest: [{ method: 'GET', url, referenceId: 'query', ...httpHeaders }] }
  const answer = await connection.json<CompositeAnswer<QueryResult<T>>>(
    { method: 'POST', path, body: { json }, replay: 'always' },
    call,
  )
  const [result] = answer.compositeResponse
  if (result !== undefined && result.httpStatusCode < 300) return result.body
  throw subrequestError({
    status: result?.httpStatusCode ?? 500,
    body: result?.body,
    request: { method: 'GET', path: url, attempts: 1 },
  })
}
