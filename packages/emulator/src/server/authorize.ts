import type { FastifyRequest } from 'fastify'
import { WireError } from '../errors.ts'
import type { Org } from '../org/org.ts'

/** The token of an `Authorization: Bearer` (or `OAuth`) header, or undefined. */
export function bearerToken(call: FastifyRequest): string | undefined {
  return /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(call.headers.authorization ?? '')?.[1]
}

/** Lets a call pass whose session lives, and refuses any other the way every REST road does. */
export function authorize(org: Org, call: FastifyRequest): void {
  const token = bearerToken(call)
  if (token === undefined || !org.sessions.find(token)) throw invalidSession()
}

/** 401 as Salesforce words it, for a token that is unknown, ended or missing. */
export function invalidSession(): WireError {
  return new WireError(401, { message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' })
}
