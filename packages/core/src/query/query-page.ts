import { ProtocolError } from '../errors/protocol-error.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import { expectedList } from '../http/expected.ts'
import type { QueryResult } from './query-result.ts'

/** @throws ProtocolError when the answer to a query is something else. */
export function checkedQueryResult<T>(connection: Connection, answer: unknown): QueryResult<T> {
  const what = `A query under ${connection.dataPath}`
  expectedList(what, answer, 'records')
  const result = answer as QueryResult<T>
  if (result.done !== false || result.nextRecordsUrl !== undefined) return result
  throw new ProtocolError(`${what} succeeded with a part of its records, but without a link to the others`)
}

/**
 * Fetches a page behind the first one.
 *
 * @throws ProtocolError when the link leads elsewhere.
 */
export async function queryPage<T>(
  connection: Connection,
  nextRecordsUrl: string,
  call: CallOptions,
): Promise<QueryResult<T>> {
  if (typeof nextRecordsUrl !== 'string' || !nextRecordsUrl.startsWith('/')) {
    throw new ProtocolError(
      `A query under ${connection.dataPath} succeeded with a link to more records that is no path of the instance`,
    )
  }
  const request = { method: 'GET', path: nextRecordsUrl, replay: 'always' } as const
  return checkedQueryResult<T>(connection, await connection.json(request, call))
}
