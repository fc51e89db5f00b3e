import { ApiError, type ApiErrorDetail } from '../errors/api-error.ts'
import { AuthenticationError } from '../errors/authentication-error.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { SalesforceError } from '../errors/salesforce-error.ts'
import { TransportError } from '../errors/transport-error.ts'
import { retryRow } from '../http/retry-table.ts'

/**
 * What is known about a part whose call failed: `unknown`: Salesforce may have carried it out, look before you repeat
 * it; `not-sent`: it never left.
 */
export type Unanswered = 'unknown' | 'not-sent'

/** `refused` when Salesforce surely did nothing because it said so. */
export function outcomeOf(reason: unknown): Unanswered | 'refused' {
  // A client that is closed, or a stream that cannot be sent again, may leave a call whose answer nobody has seen.
  if (reason instanceof ConfigurationError) return (reason.request?.attempts ?? 0) > 0 ? 'unknown' : 'not-sent'
  if (reason instanceof AuthenticationError) return 'not-sent'
  if (reason instanceof TransportError && !reason.sent) return 'not-sent'
  // Its time was over before the login was.
  if (reason instanceof TransportError && reason.request?.attempts === 0) return 'not-sent'
  if (!(reason instanceof ApiError)) return 'unknown'
  // 408 and 420 come from the edge of Salesforce, which does not know either.
  const decided = reason.status < 500 && reason.status !== 408 && reason.status !== 420
  return decided || retryRow(reason, 'POST', 'if-unsent') !== undefined ? 'refused' : 'unknown'
}

/** A failed call as the errors of one of its parts. */
export function failureDetails(reason: unknown): readonly ApiErrorDetail[] {
  if (reason instanceof ApiError && reason.errors.length > 0) return reason.errors
  const errorCode = reason instanceof SalesforceError ? reason.code : 'ABORTED'
  return [{ errorCode, message: failureText(reason), fields: [] }]
}

/** The words of whatever was thrown. */
export function failureText(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason)
}

/** The errors of a part that was not sent because an earlier call failed. */
export const notSentDetails: readonly ApiErrorDetail[] = [
  { errorCode: 'NOT_SENT', message: 'Not sent, because an earlier call failed.', fields: [] },
]
