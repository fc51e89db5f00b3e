import { ConfigurationError, SalesforceError, TransportError } from '@forcewire/core/portable'

/** What n8n wraps around a failed request, as far as it matters here. */
interface Failure {
  readonly message?: string
  readonly code?: string
  readonly cause?: unknown
  readonly response?: { readonly status?: number; readonly headers?: object; readonly data?: unknown }
  readonly config?: { readonly baseURL?: string; readonly url?: string }
}

/** An answer that n8n reported as an error. `renewed`: n8n has already renewed the token in vain. */
export interface FailedAnswer {
  readonly statusCode: number
  readonly headers: object
  readonly body: AsyncIterable<Uint8Array>
  readonly renewed: true
}

/**
 * Takes n8n's wrapping off a failed request. A status that n8n kept for itself becomes an answer again; a login that
 * was refused keeps the error of the credential; a broken connection is core's `TransportError`, which core may retry.
 * @throws SalesforceError for everything that is not an answer.
 */
export function hostFailure(error: unknown): FailedAnswer {
  const chain = [...causes(error)]
  const own = chain.find((link) => link instanceof SalesforceError)
  if (own !== undefined) throw own
  const answered = chain.find((link) => typeof link.response?.status === 'number')?.response
  if (answered !== undefined) {
    return {
      statusCode: answered.status as number,
      headers: answered.headers ?? {},
      body: bytesOf(answered.data),
      renewed: true,
    }
  }
  const network = chain.find(({ code }) => typeof code === 'string' && /^(E[A-Z_]+|[A-Z]+_[A-Z_]+)$/.test(code))
  if (network === undefined) throw new ConfigurationError(withFullStop(chain.at(-1)?.message ?? String(error)))
  throw unreachable(network, error)
}

function* causes(error: unknown): Generator<Failure & object> {
  let link = error
  for (let depth = 0; depth < 8 && typeof link === 'object' && link !== null; depth++) {
    yield link
    link = (link as Failure).cause
  }
}

/** Codes of connections that never came about, after which even a create may be sent again. */
const unsent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

function unreachable({ code = '', config, message = '' }: Failure, cause: unknown): TransportError {
  const where = host(config) ?? 'Salesforce'
  const what = reasons[code] ?? message
  return new TransportError(`Cannot reach ${where}: ${what}`, {
    cause,
    networkCode: code,
    sent: !unsent.has(code),
  })
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'its name cannot be looked up just now',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to the network',
  ECONNABORTED: 'it did not answer in time',
  ETIMEDOUT: 'it did not answer in time',
}

function host({ baseURL, url }: NonNullable<Failure['config']> = {}): string | undefined {
  const address = [url, baseURL].find((candidate) => candidate !== undefined && URL.canParse(candidate))
  return address === undefined ? undefined : new URL(address).host
}

async function* bytesOf(data: unknown): AsyncGenerator<Uint8Array> {
  if (data === undefined || data === null) return
  if (data instanceof Uint8Array) yield data
  else if (typeof data === 'object' && Symbol.asyncIterator in data) yield* data as AsyncIterable<Uint8Array>
  else yield Buffer.from(typeof data === 'string' ? data : JSON.stringify(data))
}

function withFullStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
