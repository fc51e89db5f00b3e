import { WireError } from '../errors.ts'

/** 400 for a control request that makes no sense; the message says what would. */
export function badControlRequest(message: string): WireError {
  return new WireError(400, { errorCode: 'BAD_REQUEST', message })
}
