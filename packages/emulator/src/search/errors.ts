import { WireError } from '../errors.ts'

/** The answer to a search without anything to search for. */
export function missingSearch(): WireError {
  return new WireError(400, {
    errorCode: 'MALFORMED_SEARCH',
    message: 'No search term found. The search term must be enclosed in braces.',
  })
}

/** The answer to a parameter of a parameterized search that says nothing the resource understands. */
export function invalidParameter(name: string, message: string): WireError {
  return new WireError(400, { errorCode: 'INVALID_SEARCH', message: `${name}: ${message}` })
}
