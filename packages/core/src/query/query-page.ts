import { ProtocolError } from '../errors/protocol-error.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import { expectedList, wrongAnswer } from '../http/expected.ts'
import type { QueryResult } from './query-result.ts'

/** @throws ProtocolError when the answer to a query is something else. */
export function checkedQueryResult<T>(connection: Connection, answer: unknown): QueryResult<T> {
  const what = `A query under ${connection.dataPath}`
  expectedList(what, answer, 'records')
  const result = answer as QueryResult<T>
  // Without a link `done` alone tells that nothing is missing.
  if (result.nextRecordsUrl === null) delete result.nextRecordsUrl
  if (result.done === true || result.nextRecordsUrl !== undefined) return result
  throw wrongAnswer(`${what} succeeded with a part of its records, but without a link to the others`, answer)
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
