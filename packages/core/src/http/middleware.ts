import { checkedChoice, checkedOptions, checkedText, refuse } from '../check.ts'
import { checkedHeaders } from './call-options.ts'
import type { ApiResponse } from './connection.ts'
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
 * to the caller and must not be consumed. Errors that it throws go to the caller; those of this library may be retried.
 */
export type Middleware = (
  request: MiddlewareRequest,
  next: (request: MiddlewareRequest) => Promise<ApiResponse>,
) => Promise<ApiResponse>

/** Lets a middleware work as a policy; what it may not see or change is put back. */
export function middlewarePolicy(middleware: Middleware): Policy {
  return async (request, next) => {
    // Logins are no business of middlewares: their bodies are secrets.
    if (request.secret) return next(request)
    const { method, path, headers } = request
    const forward = async (changed: MiddlewareRequest): Promise<ApiResponse> => next(merged(request, changed))
    const answer: ApiResponse | undefined = await middleware({ method, path, headers }, forward)
    if (typeof answer?.status === 'number' && typeof answer.headers === 'object') return answer
    return refuse('What a middleware gives back', 'the answer of next(request)', answer)
  }
}

function merged(request: PipelineRequest, changed: MiddlewareRequest): PipelineRequest {
  const given = checkedOptions('What a middleware hands to next()', changed, ['method', 'path', 'headers'])
  return {
    ...request,
    method: checkedChoice('method', given.method, methods),
    path: checkedText('path', given.path),
    headers: checkedHeaders('headers', given.headers),
  }
}
