import { WireError } from '../errors.ts'

/** The refusal of a call beyond the daily limit (REST API Developer Guide, "Status Codes and Error Responses": 403). */
export function requestLimitExceeded(): WireError {
  return new WireError(403, { message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' })
}
