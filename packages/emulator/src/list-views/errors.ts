import { WireError } from '../errors.ts'

/** 404 for a list view that the object has not. */
export function noSuchListView(): WireError {
  return new WireError(404, { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' })
}

/** 400 for a page that cannot be shown; the words are ours. */
export function badPage(name: 'limit' | 'offset', text: string, range: string): WireError {
  return new WireError(400, { errorCode: 'BAD_REQUEST', message: `Invalid ${name}: ${text}; it must be ${range}` })
}
