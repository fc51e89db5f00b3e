import { ApiError, type ApiErrorDetail, NotFoundError, SessionError } from '../errors/api-error.ts'
import { AuthenticationError } from '../errors/authentication-error.ts'
import { LimitError } from '../errors/limit-error.ts'
import { DuplicateError, MultipleMatchesError } from '../errors/match-errors.ts'
import type { FailedRequest } from '../errors/salesforce-error.ts'
import { type ErrorBody, readErrorBody } from './error-body.ts'
import { type Mask, maskedValue } from './mask.ts'
import { retryAfter } from './retry-after.ts'

/** An answer whose status says that the call failed. */
export interface ErrorAnswer {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly request: FailedRequest
  /** Milliseconds since the epoch, to read a `Retry-After` date. */
  readonly now?: number
  /** Takes the secrets of the request out of its answer. Default: there are none. */
  readonly mask?: Mask
}

/** Turns an error answer into the class that a caller would catch (Salesforce's status codes: REST API guide, "errorcodes"). */
export async function answerError(answer: ErrorAnswer): Promise<ApiError> {
  const { text, headers, mask = unmasked } = answer
  const body = await readErrorBody(text, headers['content-type'] ?? '', mask)
  return errorOf({ ...answer, headers: maskedValue(headers, mask) }, body)
}

const unmasked: Mask = (text) => text

/** The class of error that a status and a body make, once the body is read. */
export function errorOf(answer: Omit<ErrorAnswer, 'text'>, body: ErrorBody): ApiError {
  const { status, request } = answer
  const { 'set-cookie': _cookies, ...headers } = answer.headers
  const message = messageOf(status, request, body)
  const options = { status, errors: body.errors, headers, request, body: body.json }
  const has = (...codes: string[]) => body.errors.some((error) => codes.includes(error.errorCode))

  if (status === 300 && body.candidates) {
    return new MultipleMatchesError(message, { ...options, candidates: body.candidates })
  }
  if (has('REQUEST_LIMIT_EXCEEDED') || status === 429) {
    return new LimitError(message, {
      ...options,
      scope: scopeOf(has('REQUEST_LIMIT_EXCEEDED'), body.errors),
      retryAfter: retryAfter(answer.headers, answer.now ?? 0),
    })
  }
  if (has('DUPLICATES_DETECTED')) return new DuplicateError(message, { ...options, matches: body.matches ?? [] })
  if (isSessionLoss(status, body)) return new SessionError(message, options)
  if (status === 404) return new NotFoundError(message, options)
  return new ApiError(message, options)
}

/**
 * A refused login or revocation, with a code or without. Limits, maintenance and servers in trouble are reasons of
 * another kind and stay what they are, so that they may be retried. A SOAP fault has the status 500 whatever it says; the
 * codes of OAuth are in lower case.
 */
export function authenticationRefusal(error: ApiError, step: 'login' | 'revocation'): ApiError | AuthenticationError {
  const { errorCode, status, request } = error
  const judged =
    errorCode === undefined || /[a-z]/.test(errorCode) ? status < 500 && status !== 408 && status !== 420 : true
  const later = error.has('SERVER_UNAVAILABLE') || error.has('unknown_error')
  if (!judged || later || error instanceof LimitError) return error
  const description = error.errors[0]?.message ?? ''
  const reason = errorCode === undefined ? error.message : `[${errorCode}] ${description}`
  const message = `Salesforce refused the ${step}: ${reason}`.trim()
  return new AuthenticationError(message, { errorCode, description, status, request })
}

/**
 * The daily quota and the limit of concurrent long requests share one code. Only the message tells them apart, by
 * identifiers that are not translated: `ConcurrentRequests` and `TotalRequests`.
 */
function scopeOf(exceeded: boolean, errors: readonly ApiErrorDetail[]): LimitError['scope'] {
  if (!exceeded) return 'rate'
  const concurrent = errors.some(({ message }) => /concurrent/i.test(message) && !/TotalRequests/i.test(message))
  return concurrent ? 'concurrent' : 'daily'
}

/**
 * Bulk API 1.0 reports a lost session with status 400, the identity and userinfo addresses with 403 and bare words
 * such as `Bad_OAuth_Token`.
 */
function isSessionLoss(status: number, body: ErrorBody): boolean {
  if (status === 401) return true
  if (body.errors.some(({ errorCode }) => /^INVALID_?SESSION_?ID$/i.test(errorCode))) return true
  return status === 403 && /^(?:Bad|Missing)_OAuth_Token$/i.test(body.text ?? '')
}

function messageOf(status: number, request: FailedRequest, body: ErrorBody): string {
  const call = `${request.method} ${request.path}`
  if (status === 300 && body.candidates !== undefined) {
    const names = body.candidates.map((candidate) => candidate.slice(candidate.lastIndexOf('/') + 1))
    return `${body.candidates.length} records match ${call}: ${names.join(', ')}`
  }
  const details = body.errors.map(({ errorCode, message }) => [errorCode, message].filter(Boolean).join(': '))
  if (details.some(Boolean)) return details.join('; ')
  if (status === 412) {
    return `${call} was not carried out, because a condition such as ifMatch or ifUnmodifiedSince does not hold; read the record again`
  }
  if (status === 414 || status === 431) {
    return `${call} was too long for Salesforce (status ${status}); ask for fewer fields at once, or by query(), which sends long queries another way`
  }
  if (status >= 300 && status < 400)
    return `${call} was redirected (status ${status}), which Salesforce's APIs never do`
  if (body.text) return `${call} was answered with status ${status}: ${body.text}`
  return `${call} was answered with status ${status} and no explanation`
}
