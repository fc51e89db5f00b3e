import type { Auth } from '../auth/auth.ts'
import { type Access, type SessionContext, sessionOf } from '../auth/session.ts'
import { SessionError } from '../errors/api-error.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { Call } from './call.ts'
import type { PipelineRequest, Policy } from './policy.ts'

/**
 * Adds token and origin. When Salesforce refuses the session, it is renewed and the call replayed, once per call, on
 * the instance that the new login names. Logins themselves, and hosts that own the credential, get nothing added.
 */
export function authorize(auth: Auth, context: SessionContext): Policy {
  if (auth.hostOwned) return (request, next) => next(request.secret ? request : onHost(request))
  const session = sessionOf(auth, context.instanceUrl)
  let allowed: string | undefined
  // While a login is under way its own retries count; the retries of the call would multiply them.
  const loggedIn = async (call: Call, access: Promise<Access>): Promise<Access> => {
    call.loggingIn = true
    const settled = await (auth.interactive === true ? call.pause(() => access, context.clock) : access)
    call.loggingIn = false
    return settled
  }
  const authorized = (request: PipelineRequest, access: Access): PipelineRequest => {
    // Another client with other hosts may have logged in.
    if (access.origin !== allowed) allowed = context.origin(access.origin, 'instanceUrl')
    return withAccess(request, access)
  }
  return async (request, next) => {
    if (request.secret) return next(request)
    const { call } = request
    const found = session.access(context, call.signal)
    const access = found instanceof Promise ? await loggedIn(call, found) : found
    try {
      return await next(authorized(request, access))
    } catch (error) {
      if (!(error instanceof SessionError) || call.renewed || !auth.renewable) throw error
      call.renewed = true
      call.failure = error
      const renewed = session.renewed(access, context, call.signal)
      return next(authorized(request, renewed instanceof Promise ? await loggedIn(call, renewed) : renewed))
    }
  }
}

function withAccess(request: PipelineRequest, access: Access): PipelineRequest {
  const headers = { ...request.headers, authorization: `Bearer ${access.accessToken}` }
  return { ...request, origin: access.origin, path: pathOn(access.origin, request), headers }
}

/** An absolute address is used only on the session's own instance: a token must not travel to another host. */
function pathOn(origin: string, { path, call }: PipelineRequest): string {
  if (path.startsWith('/')) return path
  const url = URL.parse(path)
  if (url?.origin === origin) return `${url.pathname}${url.search}`
  throw new ConfigurationError(
    `'${url?.origin ?? call.path}' is not the instance of this session (${origin}); give a path.`,
  )
}

/** The host application knows the instance, so only a path can be checked to stay on it. */
function onHost(request: PipelineRequest): PipelineRequest {
  // Behind a base address '//', a backslash and a blank that URL parsers drop all begin another host.
  if (/^\/(?![/\\\s])/.test(request.path)) return request
  const shown = URL.parse(request.path)?.origin ?? request.call.path
  throw new ConfigurationError(`'${shown}' is not a path; the credential of the host decides about the address.`)
}
