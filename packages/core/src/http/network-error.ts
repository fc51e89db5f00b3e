import type { FailedRequest } from '../errors/salesforce-error.ts'
import { SalesforceError } from '../errors/salesforce-error.ts'
import { TimeoutError, TransportError } from '../errors/transport-error.ts'

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
  EHOSTUNREACH: { words: 'there is no route to the host', sent: false },
  ENETUNREACH: { words: 'there is no network', sent: false },
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

/**
 * Turns whatever a transport throws into a `TransportError` whose message names the host and the cause. The original
 * error is kept as a bare copy: HTTP libraries hang whole requests, tokens included, on their errors.
 */
export function networkError(error: unknown, url: string, request: FailedRequest): SalesforceError {
  if (error instanceof SalesforceError) return error
  const code = networkCode(error)
  const meaning = code === undefined ? undefined : meanings[code]
  const reason = meaning?.words ?? errorText(error)
  const host = hostOf(url)
  const suffix = code === undefined ? '' : ` (${code})`
  const message =
    meaning?.phase === 'body'
      ? `The answer from ${host} broke off: ${reason}${suffix}`
      : `Could not reach Salesforce at ${host}: ${reason}${suffix}`
  const options = { request, networkCode: code, sent: meaning?.sent ?? true, cause: bareCopy(error, code) }
  return meaning?.phase === undefined
    ? new TransportError(message, options)
    : new TimeoutError(message, { ...options, phase: meaning.phase })
}

/** `acme.my.salesforce.com:443`; the words for an address that only the host application knows. */
export function hostOf(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null) return 'the address of the credential'
  return `${parsed.hostname}:${parsed.port || (parsed.protocol === 'https:' ? '443' : '80')}`
}

/** The first code down the chain of causes; an AggregateError of several addresses counts as its first error. */
function networkCode(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 4) return undefined
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown }
  if (typeof code === 'string' && code !== '') return code
  const inner = Array.isArray(errors) ? errors[0] : cause
  return networkCode(inner, depth + 1)
}

function errorText(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'the connection failed'
}

function bareCopy(error: unknown, code: string | undefined): Error {
  const copy = new Error(errorText(error))
  if (error instanceof Error) copy.name = error.name
  return code === undefined ? copy : Object.assign(copy, { code })
}
