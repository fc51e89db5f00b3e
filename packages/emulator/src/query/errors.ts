import { WireError } from '../errors.ts'
import { SoqlError } from '../soql/error.ts'

/** The answer to a `nextRecordsUrl` that names no open cursor (REST API Developer Guide, "Query"). */
export function invalidLocator(): WireError {
  return new WireError(400, { message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' })
}

/** The answer to a query call without a query. */
export function missingQuery(): WireError {
  return new WireError(400, { message: 'A query string has to be specified', errorCode: 'MALFORMED_QUERY' })
}

/** Runs `work`; a refused query becomes HTTP 400, as in the recorded case `vcr-400-invalid-query-filter`. */
export function answeringSoqlErrors<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof SoqlError) throw new WireError(400, { message: error.message, errorCode: error.errorCode })
    if (error instanceof Error && BEYOND_SQLITE.test(error.message)) throw tooComplicated()
    throw error
  }
}

/** What SQLite, its full text search and the reader of a query say about more than they can take. */
const BEYOND_SQLITE =
  /^(?:Expression tree is too large|too many |parser stack overflow|fts5: parser stack overflow|fts5 expression tree is too large|at most \d+ |LIKE or GLOB pattern too complex|Maximum call stack)/

function tooComplicated(): WireError {
  const message = 'Query is either selecting too many fields or the filter conditions are too complicated.'
  return new WireError(400, { message, errorCode: 'QUERY_TOO_COMPLICATED' })
}
