import type { Auth, LoginContext } from '../auth/auth.ts'
import { type Access, sessionOf } from '../auth/session.ts'
import { SessionError } from '../errors/api-error.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { PipelineRequest, Policy } from './policy.ts'

/**
 * Adds token and origin. When Salesforce refuses the session, it is renewed and the call replayed, once per call, on
 * the instance that the new login names. Logins themselves, and hosts that own the credential, pass untouched.
 */
export function authorize(auth: Auth, context: LoginContext): Policy {
  if (auth.hostOwned) return (request, next) => next(request)
  const session = sessionOf(auth, context.instanceUrl)
  return async (request, next) => {
    if (request.origin !== undefined) return next(request)
    const access = await session.access(context)
    try {
      return await next(authorized(request, access))
    } catch (error) {
      const { call } = request
      if (!(error instanceof SessionError) || call.renewed || !auth.renewable) throw error
      call.renewed = true
      call.arm()
      return next(authorized(request, await session.renewed(access, context)))
    }
  }
}

function authorized(request: PipelineRequest, access: Access): PipelineRequest {
  const headers = { ...request.headers, authorization: `Bearer ${access.accessToken}` }
  return { ...request, origin: access.origin, path: pathOn(access.origin, request.path), headers }
}

/** An absolute address is used only on the session's own instance: a token must not travel to another host. */
function pathOn(origin: string, path: string): string {
  if (path.startsWith('/')) return path
  const url = URL.parse(path)
  if (url?.origin === origin) return `${url.pathname}${url.search}`
  throw new ConfigurationError(`'${url?.origin ?? path}' is not the instance of this session (${origin}); give a path.`)
}
