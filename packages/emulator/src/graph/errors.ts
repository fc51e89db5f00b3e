import { type ErrorEntry, WireError } from '../errors.ts'

/** A payload beyond a limit of composite graphs; Salesforce's own words are not known. */
export function graphLimit(limit: number, what: string): WireError {
  return new WireError(400, {
    errorCode: 'LIMIT_EXCEEDED',
    message: `The request can’t contain more than ${limit} ${what}.`,
  })
}

/** What the graphs tell that come after too many failed ones; Salesforce's own words are not known. */
export const TOO_MANY_FAILURES = 'Processing was halted since too many graphs of the request failed.'

/** A node that graphs do not support; Salesforce's own words are not known. */
export function unsupportedNode(method: string, url: string): ErrorEntry {
  return { errorCode: 'INVALID_INPUT', message: `The Composite Graph resource does not support ${method} ${url}` }
}
