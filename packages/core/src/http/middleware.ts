import { checkedChoice, checkedOptions, checkedText, isBytes, refuse } from '../check.ts'
import { checkedHeaders } from './call-options.ts'
import type { ApiResponse } from './connection.ts'
import { lowerCase } from './pipeline-request.ts'
import type { PipelineRequest, Policy } from './policy.ts'
import { type Method, methods } from './transport.ts'

/** An attempt as a middleware sees it: no token, no host. */
export interface MiddlewareRequest {
  /** HTTP method. */
  readonly method: Method
  /** Path and query, from the root of the instance. */
  readonly path: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
}

/**
 * The caller's own policy. It runs inside the retries, once per attempt, and outside authorization: it sees no token,
 * and a replay after a renewed session does not pass it again. It may change method, path and headers by handing a
 * changed request to `next`, may call `next` again, and may look at status and headers of the answer; the body belongs
 * to the caller and must not be consumed. It may answer by itself (a cache, a mock): with a `Response` of fetch or
 * with `{ status, headers, body }`, the body a stream of bytes, which is read and judged as if Salesforce had sent it, as
 * is the answer of `next` with another status or body. Errors that it throws go to the caller; those of this library may
 * be retried.
 */
export type Middleware = (
  request: MiddlewareRequest,
  next: (request: MiddlewareRequest) => Promise<ApiResponse>,
) => Promise<ApiResponse>

/**
 * Lets a middleware work as a policy; what it may not see or change is put back. Answers of its own are decoded, as
 * those of the transport are below it.
 */
export function middlewarePolicy(middleware: Middleware, decoding: Policy): Policy {
  const given = new WeakMap<object, ApiResponse>()
  return async (request, next) => {
    // Logins are no business of middlewares: their bodies are secrets.
    if (request.secret) return next(request)
    const { method, path, headers } = request
    const forward = async (changed: MiddlewareRequest): Promise<ApiResponse> => {
      const answer = await next(merged(request, changed))
      given.set(answer.body, answer)
      return answer
    }
    const answer: unknown = await middleware({ method, path, headers }, forward)
    if (!isAnswer(answer)) refuse('What a middleware gives back', accepted, answer)
    const { status, body } = answer
    const shown = { status, headers: checkedAnswerHeaders(answer.headers), body }
    // A body that was read already comes with its content, which a changed answer need not name; so does one of a cache.
    const theirs = given.get(body)
    if (theirs?.status === status) return { ...theirs, ...answer, ...shown }
    return decoding(request, async () => ({ ...shown, body: bytesOf(body) }))
  }
}

const accepted = 'the answer of next(request), or { status, headers, body } with a stream of bytes as the body'

function isAnswer(value: unknown): value is ApiResponse {
  const { status, headers, body } = (value ?? {}) as Partial<Record<keyof ApiResponse, unknown>>
  const whole = Number.isInteger(status) && typeof headers === 'object' && headers !== null && !Array.isArray(headers)
  return whole && typeof body === 'object' && body !== null && Symbol.asyncIterator in body
}

/** In lower case; a `Headers` of fetch serves as well. */
function checkedAnswerHeaders(headers: object): ApiResponse['headers'] {
  const entries: [string, unknown][] = headers instanceof Headers ? [...headers] : Object.entries(headers)
  for (const [name, value] of entries) {
    if (typeof value !== 'string') refuse(`What a middleware gives back as headers['${name}']`, 'a text', value)
  }
  return lowerCase(Object.fromEntries(entries) as ApiResponse['headers'])
}

async function* bytesOf(body: AsyncIterable<unknown>): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of body) yield isBytes(chunk) ? chunk : refuse('The body of a middleware', 'bytes', chunk)
}

function merged(request: PipelineRequest, changed: MiddlewareRequest): PipelineRequest {
  const given = checkedOptions('What a middleware hands to next()', changed, ['method', 'path', 'headers'])
  return {
    ...request,
    method: checkedChoice('method', given.method, methods),
    path: checkedText('path', given.path),
    headers: lowerCase(checkedHeaders('headers', given.headers)),
  }
}
