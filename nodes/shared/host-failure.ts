import { ConfigurationError, SalesforceError } from '@forcewire/core/portable'

/** What n8n wraps around a failed request, as far as it matters here. */
interface Failure {
  readonly message?: string
  readonly code?: string
  readonly cause?: unknown
  readonly config?: { readonly baseURL?: string; readonly url?: string }
  readonly response?: { readonly status?: number; readonly headers?: object; readonly data?: unknown }
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
 * was refused keeps the error of the credential; a broken connection keeps its network code, by which core decides
 * about a retry.
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
  const network = chain.find(({ code }) => typeof code === 'string' && !/^ERR_(INVALID|BAD)/.test(code))
  if (network !== undefined) throw brokenConnection(network)
  // n8n refused to send it: no credential, a domain that is not allowed, a blocked address.
  throw new ConfigurationError(withFullStop(chain.at(-1)?.message ?? String(error)))
}

/** Named after the address that n8n called, which core does not know. */
function brokenConnection({ code, message, config }: Failure): Error {
  const url = URL.parse(config?.url ?? '', config?.baseURL)
  return Object.assign(new Error(message), { code }, url === null ? {} : { url: url.href })
}

function* causes(error: unknown): Generator<Failure & object> {
  let link = error
  for (let depth = 0; depth < 8 && typeof link === 'object' && link !== null; depth++) {
    yield link
    link = (link as Failure).cause
  }
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
