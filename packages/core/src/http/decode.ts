import { ProtocolError } from '../errors/protocol-error.ts'
import { TimeoutError } from '../errors/transport-error.ts'
import { Leavable } from '../leavable.ts'
import { answerError, authenticationRefusal } from './answer-error.ts'
import { gunzipWhereNeeded, readBytes } from './body.ts'
import type { Call } from './call.ts'
import { asksForChange } from './expected.ts'
import { handedOutBody, type SilenceLimit } from './handed-out-body.ts'
import { maskedErrors, maskOf } from './mask.ts'
import { networkError } from './network-error.ts'
import type { PipelineRequest, PipelineResponse, Policy } from './policy.ts'
import { Expiry } from './shared-timer.ts'

/** Error bodies are read up to here; nobody needs more of an error page. */
const longestErrorBody = 1_000_000

/**
 * Turns refusals into errors, and answers into what the request expects. It sits inside the retries, because
 * Salesforce says in the body whether to try again, and because a body may break off like a connection.
 */
export function decode(limit: SilenceLimit): Policy {
  return async (request, next) => {
    const { call } = request
    if (call.attempts === 0) call.sentAt = limit.clock.now()
    const response = await next(request)
    const { status } = response
    if (status === 304 && !asksForChange(request.method, request.headers)) throw nothingSaid(call, status)
    const headers = shownHeaders(request, response)
    const refused = !(status >= 200 && status < 300) && status !== 304
    const handedOut = request.expect === 'stream' && !refused
    if (handedOut) {
      const source = new Leavable(response.body)
      return {
        status,
        headers,
        body: handedOutBody(guarded(request, response, source, limit, true), source, call, limit),
      }
    }
    const bytes = await readWhole(request, response, limit, refused ? longestErrorBody : undefined)
    if (refused) {
      const text = shownText(utf8.decode(bytes), request)
      const mask = maskOf(request)
      const error = await answerError({ status, headers, text, request: call.describe(), now: limit.clock.now(), mask })
      throw request.secret ? authenticationRefusal(error, request.secret) : error
    }
    const text = bytes.byteLength === 0 ? undefined : utf8.decode(bytes)
    if (text === undefined && request.expect === 'json' && status === 200) throw nothingSaid(call, status)
    const json = request.expect === 'json' || (request.expect === 'any' && headers['content-type']?.includes('json'))
    const content = text !== undefined && json ? maskedErrors(parse(text, headers, request), text, request) : text
    return { status, headers, body: nothing(), content }
  }
}

/** Decodes whole texts; it keeps nothing from one to the next. */
const utf8 = new TextDecoder()

/** Most answers are small and come whole with their headers; the others are read under the limit of silence. */
async function readWhole(
  request: PipelineRequest,
  response: PipelineResponse,
  limit: SilenceLimit,
  atMost: number | undefined,
): Promise<Uint8Array> {
  if (response.whole !== undefined && !isCompressed(response)) return response.whole
  const body = guarded(request, response, new Leavable(response.body), limit, false)
  return request.call.pause(() => readBytes(body, atMost), limit.clock)
}

/** Some proxies show the whole request on their error pages; those that come instead of a login are not shown at all. */
function shownText(text: string, { secret }: PipelineRequest): string {
  return secret === undefined || /^\s*(?:[[{]|<\?xml|<[\w-]+:)/.test(text) ? text : ''
}

/** As they are handed out. The header `warning` becomes an event, which shows no secrets. */
function shownHeaders(request: PipelineRequest, response: PipelineResponse): PipelineResponse['headers'] {
  const headers = isCompressed(response) ? withoutCompression(response.headers) : response.headers
  return headers.warning === undefined ? headers : { ...headers, warning: maskOf(request)(headers.warning) }
}

/** The rest of a body that was read. */
async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}

function parse(text: string, headers: PipelineResponse['headers'], request: PipelineRequest): unknown {
  const { call } = request
  try {
    return JSON.parse(text)
  } catch (cause) {
    const type = maskOf(request)(headers['content-type'] ?? 'no content type')
    const what = /^\s*</.test(text) ? 'a page instead of data' : 'broken JSON'
    throw new ProtocolError(
      `${call.method} ${call.path} succeeded with ${what} (${type}); a proxy or a login page may sit in between`,
      { request: call.describe(), cause: new Error((cause as Error).name) },
    )
  }
}

/** Salesforce says 204 where it has nothing to say, and 304 only where somebody asks for changes. */
function nothingSaid(call: Call, status: number): ProtocolError {
  const said = status === 304 ? 'was answered with "not modified" (304) unasked' : 'succeeded with an empty answer'
  return new ProtocolError(`${call.method} ${call.path} ${said} instead of data; a proxy may sit in between`, {
    request: call.describe(),
  })
}

/** Names of codings are case-insensitive, and `x-gzip` is another one for gzip (RFC 9110, 8.4.1). */
function isCompressed({ headers }: PipelineResponse): boolean {
  return /\bgzip\b/i.test(headers['content-encoding'] ?? '')
}

/** Encoding and length on the wire, which hold no more for the body as it is handed out. */
function withoutCompression(headers: PipelineResponse['headers']): PipelineResponse['headers'] {
  const { 'content-encoding': _encoding, 'content-length': _length, ...others } = headers
  return others
}

/**
 * The body, decompressed, with the transport's errors turned into ours. Silence ends it, and so does the end of its
 * call: not every transport ends a body then, so it is left even while it owes a chunk. One that is handed out is the
 * end of its call. After any other the call may be sent again.
 */
async function* guarded(
  request: PipelineRequest,
  response: PipelineResponse,
  source: Leavable<Uint8Array>,
  { clock, timer, bodyTimeout }: SilenceLimit,
  handedOut: boolean,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { call } = request
  const { signal } = call
  let waiting = true
  const silence = new Expiry(clock.now() + bodyTimeout, () => waiting && call.abort(silent(call, bodyTimeout)))
  const leave = (): void => source.leave()
  signal.addEventListener('abort', leave)
  timer.add(silence)
  try {
    for await (const chunk of isCompressed(response) ? gunzipWhereNeeded(source) : source) {
      signal.throwIfAborted()
      // The time that the reader takes does not count.
      waiting = false
      yield chunk
      waiting = true
      silence.at = clock.now() + bodyTimeout
      timer.add(silence)
    }
    signal.throwIfAborted()
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw networkError(error, request.origin ?? '', call.describe(), maskOf(request), 'body')
  } finally {
    timer.remove(silence)
    signal.removeEventListener('abort', leave)
    if (handedOut) call.release()
  }
}

function silent(call: Call, bodyTimeout: number): TimeoutError {
  const what = `The answer to ${call.method} ${call.path} went silent for ${bodyTimeout} ms`
  return new TimeoutError(`${what}; raise bodyTimeout or try again later`, { request: call.describe(), phase: 'body' })
}
