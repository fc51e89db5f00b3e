import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Org } from '../org/org.ts'
import { originOf } from '../server/origin.ts'
import { OAuthError } from './errors.ts'
import type { OAuthModel, TokenRequest } from './model.ts'

/** POST /services/oauth2/token: form fields, or query parameters as some clients send them. */
export async function token(org: Org, model: OAuthModel, call: FastifyRequest, reply: FastifyReply): Promise<object> {
  const request = { ...(call.query as TokenRequest), ...basicCredentials(call), ...(call.body as TokenRequest | null) }
  const origin = originOf(call)
  reply.header('cache-control', 'no-cache,must-revalidate,max-age=0,no-store,private')
  try {
    const grant = await model.grant(request, origin)
    const id = `${origin}/id/${org.id}/${grant.userId}`
    return {
      access_token: grant.accessToken,
      instance_url: origin,
      id,
      token_type: 'Bearer',
      issued_at: String(grant.issuedAt),
      signature: model.sign(id, grant.issuedAt),
    }
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    reply.code(400)
    return { error: error.error, error_description: error.message }
  }
}

/** POST or GET /services/oauth2/revoke with `token`: 200 and an empty body, or 400 for a token that is unknown. */
export async function revoke(model: OAuthModel, call: FastifyRequest, reply: FastifyReply): Promise<object | string> {
  const { token: revoked = '' } = { ...(call.query as TokenRequest), ...(call.body as TokenRequest | null) }
  if (model.revoke(revoked)) return ''
  reply.code(400)
  return { error: 'unsupported_token_type', error_description: 'this type of token is not supported' }
}

function basicCredentials(call: FastifyRequest): TokenRequest {
  const [scheme, encoded = ''] = (call.headers.authorization ?? '').split(' ')
  if (scheme !== 'Basic') return {}
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':').map(decodeURIComponent)
  return { client_id: id, client_secret: secret }
}
