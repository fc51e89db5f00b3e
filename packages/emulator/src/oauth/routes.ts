import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import { revoke, token } from './handlers.ts'
import { OAuthModel } from './model.ts'

/** The OAuth roads: token and revoke. */
export const oauthRoutes: FastifyPluginCallback<{ org: Org }> = (server, { org }, done) => {
  const model = new OAuthModel(org)
  server.post('/services/oauth2/token', (call, reply) => token(org, model, call, reply))
  server.route({
    method: ['GET', 'POST'],
    url: '/services/oauth2/revoke',
    handler: (call, reply) => revoke(model, call, reply),
  })
  done()
}
