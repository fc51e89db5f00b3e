import type { FastifyRequest } from 'fastify'
import { WireError } from '../errors.ts'
import type { Org } from '../org/org.ts'
import type { Session } from '../org/sessions.ts'

/** The token of an `Authorization: Bearer` (or `OAuth`) header, or undefined. */
export function bearerToken(call: FastifyRequest): string | undefined {
  return /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(call.headers.authorization ?? '')?.[1]
}

/** The live session of a call; a call without one is refused the way every REST road does. */
export function authorize(org: Org, call: FastifyRequest): Session {
  const token = bearerToken(call)
  const session = token === undefined ? undefined : org.sessions.find(token)
  if (!session) throw invalidSession()
  return session
}

/** 401 as Salesforce words it, for a token that is unknown, ended or missing. */
export function invalidSession(): WireError {
  return new WireError(401, { message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' })
}
