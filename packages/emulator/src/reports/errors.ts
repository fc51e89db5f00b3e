import { WireError } from '../errors.ts'

/** 404 for a report or an instance of one that is not there. */
export function noSuchReport(): WireError {
  return new WireError(404, { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' })
}

/** 400 for a filter that names no column of the report, or an operator that there is not. */
export function badFilter(message: string): WireError {
  return new WireError(400, { errorCode: 'BAD_REQUEST', message })
}
