import type { ApiResponse } from './connection.ts'
import type { PipelineRequest, Policy } from './policy.ts'
import type { Method } from './transport.ts'

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
  return (request, next) => {
    // Logins are no business of middlewares: their bodies are secrets.
    if (request.secret) return next(request)
    const { method, path, headers } = request
    const forward = (changed: MiddlewareRequest): Promise<ApiResponse> => next(merged(request, changed))
    return middleware({ method, path, headers }, forward)
  }
}

function merged(request: PipelineRequest, changed: MiddlewareRequest): PipelineRequest {
  return { ...request, method: changed.method, path: changed.path, headers: changed.headers }
}
