import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import { addAnswerHeaders } from '../server/answer-headers.ts'
import { type IdentityCall, identity, userInfo } from './handlers.ts'

/** Who is logged in: OpenID Connect's userinfo and Salesforce's identity URL. */
export const identityRoutes: FastifyPluginCallback<{ org: Org }> = (server, { org }, done) => {
  addAnswerHeaders(server)
  const methods = ['GET', 'POST']
  server.route({
    method: methods,
    url: '/services/oauth2/userinfo',
    handler: (call, reply) => reply.send(userInfo(org, call, reply)),
  })
  server.route({
    method: methods,
    url: '/id/:organization/:user',
    handler: (call, reply) => reply.send(identity(org, call as IdentityCall, reply)),
  })
  done()
}
