import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import { addAnswerHeaders } from '../server/answer-headers.ts'
import { BrowserHandlers } from './browser-handlers.ts'
import { introspect, revoke, token } from './handlers.ts'
import { OAuthModel } from './model.ts'

/** The OAuth roads: those of apps (token, introspect, revoke), and those of people (authorize, connect). */
export const oauthRoutes: FastifyPluginCallback<{ org: Org }> = (server, { org }, done) => {
  const model = new OAuthModel(org)
  const browser = new BrowserHandlers(org, model)
  addAnswerHeaders(server)
  const authorize = '/services/oauth2/authorize'
  server.post('/services/oauth2/token', (call, reply) => token(org, model, call, reply))
  server.post('/services/oauth2/introspect', (call, reply) => introspect(org, model, call, reply))
  server.route({
    method: ['GET', 'POST'],
    url: '/services/oauth2/revoke',
    handler: (call, reply) => revoke(model, call, reply),
  })
  server.get(authorize, (call, reply) => browser.authorize(call, reply))
  server.post(`${authorize}/login`, (call, reply) => browser.login(call, reply))
  server.post(`${authorize}/consent`, (call, reply) => browser.consent(call, reply))
  server.get('/setup/connect', (call, reply) => browser.connectForm(call, reply))
  server.post('/setup/connect', (call, reply) => browser.connect(call, reply))
  done()
}
