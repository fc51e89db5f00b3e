import type { Transport, TransportRequest, TransportResponse } from '@forcewire/core/portable'
import type { IExecuteFunctions, IHttpRequestOptions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow'
import { hostFailure } from './host-failure.ts'
import { type HostBody, responseBody } from './response-body.ts'

/** Whatever n8n hands to a node: all of them send requests with a credential in the same way. */
export type HostContext = IExecuteFunctions | IPollFunctions | ILoadOptionsFunctions

/** What `httpRequestWithAuthentication` answers when asked for the full response as a stream. */
interface HostResponse {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: HostBody
}

/**
 * The transport inside n8n is n8n's: its proxy, its network policy, the allowed domains of the credential, renewal of
 * the token and cancellation all apply. n8n keeps status 401 for itself (it renews and sends once more); any other
 * status is handed to core with its body.
 */
export function hostTransport(context: HostContext, credentialType: string): Transport {
  return async (request) => {
    const { bodyTimeout, signal } = request
    const answer = await unlessAborted(send(context, credentialType, request), signal)
    return {
      status: answer.statusCode,
      headers: plainHeaders(answer.headers),
      body: responseBody(answer.body, { signal, timeout: bodyTimeout }),
    }
  }
}

async function send(context: HostContext, credentialType: string, request: TransportRequest): Promise<HostResponse> {
  const body = request.body === undefined ? undefined : await wireBody(request.body)
  const options = (ignoreHttpStatusErrors: IHttpRequestOptions['ignoreHttpStatusErrors']): IHttpRequestOptions => ({
    method: request.method,
    url: request.url,
    headers: { ...request.headers },
    ...(body === undefined ? {} : { body }),
    encoding: 'stream',
    returnFullResponse: true,
    disableFollowRedirect: true,
    ...(ignoreHttpStatusErrors === undefined ? {} : { ignoreHttpStatusErrors }),
  })
  const attempt = async (attemptOptions: IHttpRequestOptions): Promise<HostResponse> => {
    try {
      return await context.helpers.httpRequestWithAuthentication.call(context, credentialType, attemptOptions)
    } catch (error) {
      return hostFailure(error) as HostResponse
    }
  }
  const answer = await attempt(options({ ignore: true, except: [401] }))
  // Before 2.16 n8n takes any object for `true` and would never renew the token.
  return answer.statusCode === 401 && 'renewed' in answer === false ? attempt(options(undefined)) : answer
}

/** n8n sends the whole underlying buffer of a byte view and nothing of an iterable: only a `Buffer` is safe. */
async function wireBody(body: NonNullable<TransportRequest['body']>): Promise<Buffer> {
  if (typeof body === 'string') return Buffer.from(body)
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  return Buffer.concat(await Array.fromAsync(body))
}

function plainHeaders(headers: HostResponse['headers']): TransportResponse['headers'] {
  const plain: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value)
  }
  return plain
}

/** n8n aborts its own request only when the execution is cancelled, so core's deadline has to let go of it here. */
async function unlessAborted(answer: Promise<HostResponse>, signal: AbortSignal | undefined): Promise<HostResponse> {
  if (signal === undefined) return answer
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => {
    reject(signal.reason)
    answer.then(({ body }) => body.destroy?.()).catch(() => undefined)
  }
  if (signal.aborted) onAbort()
  else signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([answer, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
