import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Org } from '../org/org.ts'
import { answerError, errorAnswer } from '../server/error-answers.ts'
import { originOf } from '../server/origin.ts'
import { OAuthError } from './errors.ts'
import type { Grant, OAuthModel, TokenRequest } from './model.ts'

/** POST /services/oauth2/token: form fields, or query parameters as some clients send them. */
export async function token(org: Org, model: OAuthModel, call: FastifyRequest, reply: FastifyReply): Promise<object> {
  const request = parametersOf(call)
  reply.header('cache-control', 'no-cache,must-revalidate,max-age=0,no-store,private')
  if (request.response_type === 'device_code') return deviceAnswer(model, request, originOf(call))
  return tokenAnswer(org, model, await model.grant(request, originOf(call)), originOf(call))
}

/** POST or GET /services/oauth2/revoke with `token`: 200 and an empty body, or 400 for a token that is unknown. */
export function revoke(model: OAuthModel, call: FastifyRequest, reply: FastifyReply): object | string {
  const { token: revoked = '' } = parametersOf(call)
  if (model.revoke(revoked)) return ''
  reply.code(400)
  return { error: 'unsupported_token_type', error_description: 'this type of token is not supported' }
}

/** POST /services/oauth2/introspect (RFC 7662; Salesforce Help, "OpenID Connect Token Introspection Endpoint"). */
export function introspect(org: Org, model: OAuthModel, call: FastifyRequest): object {
  const found = model.introspect(parametersOf(call))
  if (!found) return { active: false }
  const { session, user } = found
  const startedAt = Math.floor(session.startedAt / 1000)
  return {
    active: true,
    scope: session.scope,
    client_id: org.app.credentials.clientId,
    username: user.Username,
    sub: `${originOf(call)}/id/${org.id}/${user.Id}`,
    token_type: 'access_token',
    exp: Math.floor(session.expiresAt / 1000),
    iat: startedAt,
    nbf: startedAt,
  }
}

/** Any refusal as OAuth tells it: one object, also for a request that cannot be read (RFC 6749, 5.2). */
export function refuse(error: unknown, reply: FastifyReply): void {
  if (error instanceof OAuthError) {
    reply.code(400).send({ error: error.error, error_description: error.message })
    return
  }
  const { status, entries } = errorAnswer(error)
  if (status >= 500) answerError(error, reply)
  else reply.code(status).send({ error: 'invalid_request', error_description: entries[0]?.message })
}

function tokenAnswer(org: Org, model: OAuthModel, grant: Grant, origin: string): object {
  const id = `${origin}/id/${org.id}/${grant.userId}`
  return {
    access_token: grant.accessToken,
    ...(grant.refreshToken !== undefined && { refresh_token: grant.refreshToken }),
    ...(grant.scope !== undefined && { scope: grant.scope }),
    instance_url: origin,
    id,
    token_type: 'Bearer',
    issued_at: String(grant.issuedAt),
    signature: model.sign(id, grant.issuedAt),
  }
}

function deviceAnswer(model: OAuthModel, request: TokenRequest, origin: string): object {
  const { deviceCode, userCode } = model.device(request)
  return {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: `${origin}/setup/connect`,
    interval: model.devices.interval,
  }
}

function parametersOf(call: FastifyRequest): TokenRequest {
  return { ...(call.query as TokenRequest), ...basicCredentials(call), ...(call.body as TokenRequest | null) }
}

function basicCredentials(call: FastifyRequest): TokenRequest {
  const [scheme, encoded = ''] = (call.headers.authorization ?? '').split(' ')
  if (scheme !== 'Basic') return {}
  try {
    const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':').map(decodeURIComponent)
    return { client_id: id, client_secret: secret }
  } catch {
    return { client_id: '', client_secret: '' }
  }
}
