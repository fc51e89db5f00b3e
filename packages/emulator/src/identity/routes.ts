import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import type { Org } from '../org/org.ts'
import { addAnswerHeaders } from '../server/answer-headers.ts'
import { refuseOtherMethods } from '../server/methods.ts'
import { type IdentityCall, identity, userInfo } from './handlers.ts'

/** Who is logged in: OpenID Connect's userinfo and Salesforce's identity URL. */
export const identityRoutes: FastifyPluginCallback<{ org: Org }> = (server, { org }, done) => {
  addAnswerHeaders(server)
  const on = (url: string, answer: (call: FastifyRequest, reply: FastifyReply) => unknown): void => {
    const method = ['HEAD', 'GET', 'POST']
    server.route({ method, url, handler: (call, reply) => reply.send(answer(call, reply)) })
    refuseOtherMethods(server, url, method)
  }
  on('/services/oauth2/userinfo', (call, reply) => userInfo(org, call, reply))
  on('/id/:organization/:user', (call, reply) => identity(org, call as IdentityCall, reply))
  done()
}
