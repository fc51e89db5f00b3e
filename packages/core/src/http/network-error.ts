import { ConfigurationError } from '../errors/configuration-error.ts'
import type { FailedRequest } from '../errors/salesforce-error.ts'
import { SalesforceError } from '../errors/salesforce-error.ts'
import { TimeoutError, TransportError } from '../errors/transport-error.ts'
import type { Mask } from './mask.ts'

interface Meaning {
  readonly words: string
  /** False when the request surely never reached Salesforce. */
  readonly sent: boolean
  readonly phase?: 'connect' | 'headers' | 'body'
}

/** What the codes of Node's network stack, undici and TLS mean. */
const meanings: Readonly<Record<string, Meaning>> = {
  ECONNREFUSED: { words: 'nothing listens there', sent: false },
  ENOTFOUND: { words: 'the host name does not exist', sent: false },
  EAI_AGAIN: { words: 'the host name could not be resolved at the moment', sent: false },
  EHOSTUNREACH: { words: 'there is no route to the host', sent: true },
  ENETUNREACH: { words: 'there is no network', sent: true },
  UND_ERR_CONNECT_TIMEOUT: { words: 'no connection in time', sent: false, phase: 'connect' },
  ETIMEDOUT: { words: 'the connection timed out', sent: true, phase: 'connect' },
  ECONNABORTED: { words: 'the connection timed out', sent: true, phase: 'headers' },
  UND_ERR_HEADERS_TIMEOUT: { words: 'no answer in time', sent: true, phase: 'headers' },
  UND_ERR_BODY_TIMEOUT: { words: 'the answer went silent', sent: true, phase: 'body' },
  ECONNRESET: { words: 'the connection was reset', sent: true },
  EPIPE: { words: 'the connection was closed', sent: true },
  UND_ERR_SOCKET: { words: 'the other side closed the connection', sent: true },
  CERT_HAS_EXPIRED: { words: 'its certificate has expired', sent: false },
  DEPTH_ZERO_SELF_SIGNED_CERT: { words: 'its certificate is self-signed', sent: false },
  SELF_SIGNED_CERT_IN_CHAIN: { words: 'its certificate chain is self-signed', sent: false },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { words: 'its certificate cannot be verified', sent: false },
  ERR_TLS_CERT_ALTNAME_INVALID: { words: 'its certificate is for another host', sent: false },
}

/** Codes with which an HTTP library refuses to write a request: a header or a path that cannot be sent. */
const unwritable: ReadonlySet<string> = new Set(['UND_ERR_INVALID_ARG', 'ERR_INVALID_CHAR', 'ERR_INVALID_HTTP_TOKEN'])

/** What was going on when a transport failed. While the body is read Salesforce has already answered. */
export type NetworkPhase = 'request' | 'body'

/**
 * Turns whatever a transport throws into a `TransportError` whose message names the host and the cause. The original
 * error is kept as a bare copy: HTTP libraries hang whole requests, tokens included, on their errors.
 *
 * @param mask - Takes the secrets of the request out of what the transport says.
 * @returns a `ConfigurationError` when the request cannot be written at all.
 */
export function networkError(
  error: unknown,
  url: string,
  request: FailedRequest,
  mask: Mask,
  phase: NetworkPhase = 'request',
): SalesforceError {
  if (error instanceof SalesforceError && !tells(error, mask)) return error
  const { code: found, syscall } = networkCause(error)
  const code = found === undefined ? undefined : mask(found)
  if (found !== undefined && unwritable.has(found)) return unwritableRequest(mask(errorText(error)), request)
  const meaning = found === undefined ? undefined : meanings[found]
  const reason = meaning?.words ?? mask(errorText(error))
  const host = hostOf(url)
  const suffix = code === undefined ? '' : ` (${code})`
  // A connection that is lost later may bear the same code as one that never came about.
  const sent = syscall !== 'connect' && (meaning?.sent ?? true)
  const message = `${whatBroke(host, sent, phase)}: ${reason}${suffix}${sent ? advice(request) : ''}`
  const options = { request, networkCode: code, sent, cause: bareCopy(error, code, mask) }
  return meaning?.phase === undefined
    ? new TransportError(message, options)
    : new TimeoutError(message, { ...options, phase: meaning.phase })
}

function whatBroke(host: string, sent: boolean, phase: NetworkPhase): string {
  if (phase === 'body') return `The answer from ${host} broke off`
  return sent ? `Salesforce at ${host} did not answer` : `Could not reach Salesforce at ${host}`
}

/** A write whose answer is lost may have been carried out; logins write nothing. */
function advice({ method, path }: FailedRequest): string {
  if (/^(?:GET|HEAD)$/.test(method) || /^\/services\/(?:oauth2|Soap)\//.test(path)) return ''
  return `; it may have carried out the ${method} all the same, so look before you send it again`
}

/** `acme.my.salesforce.com:443`; the words for an address that only the host application knows. */
function hostOf(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null) return 'the address of the credential'
  return `${parsed.hostname}:${parsed.port || (parsed.protocol === 'https:' ? '443' : '80')}`
}

interface NetworkCause {
  readonly code?: string
  readonly syscall?: unknown
}

/** The first error with a code down the chain of causes; an AggregateError of several addresses counts as its first. */
function networkCause(error: unknown, depth = 0): NetworkCause {
  if (typeof error !== 'object' || error === null || depth > 4) return {}
  const { code, syscall, cause, errors } = error as NetworkCause & { cause?: unknown; errors?: unknown }
  if (typeof code === 'string' && code !== '') return { code, syscall }
  const inner = Array.isArray(errors) ? errors[0] : cause
  return networkCause(inner, depth + 1)
}

function unwritableRequest(reason: string, request: FailedRequest): ConfigurationError {
  const call = `${request.method} ${request.path}`
  return new ConfigurationError(`${call} cannot be sent: ${reason}; correct the path, the headers or the token.`, {
    request: { ...request, attempts: request.attempts - 1 },
  })
}

function errorText(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'the connection failed'
}

/** Whether an error, or one behind it, shows a secret. */
function tells(error: Error, mask: Mask): boolean {
  const text = errorText(error)
  return mask(text) !== text || (error.cause instanceof Error && tells(error.cause, mask))
}

function bareCopy(error: unknown, code: string | undefined, mask: Mask): Error {
  const copy = new Error(mask(errorText(error)))
  if (error instanceof Error) copy.name = mask(error.name)
  return code === undefined ? copy : Object.assign(copy, { code })
}
