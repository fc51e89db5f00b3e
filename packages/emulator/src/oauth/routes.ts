import { finished } from 'node:stream'
import type { FastifyPluginCallback, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import type { Org } from '../org/org.ts'
import { addAnswerHeaders } from '../server/answer-headers.ts'
import { refuseOtherMethods } from '../server/methods.ts'
import { BrowserHandlers } from './browser-handlers.ts'
import { introspect, refuse, revoke, token } from './handlers.ts'
import { OAuthModel } from './model.ts'

/** The OAuth roads: those of apps (token, introspect, revoke), and those of people (authorize, connect). */
export const oauthRoutes: FastifyPluginCallback<{ org: Org }> = (server, { org }, done) => {
  const model = new OAuthModel(org)
  const browser = new BrowserHandlers(org, model)
  addAnswerHeaders(server)
  const authorize = '/services/oauth2/authorize'
  server.setErrorHandler((error, _call, reply) => refuse(error, reply))
  // Parameters come as a form. A body of any other type says nothing, so that its grant type is none (Force.com-Toolkit-for-NET,
  // pull request 121; force-server, issue 3).
  server.removeContentTypeParser(['application/json', 'text/plain'])
  server.addContentTypeParser('*', (_call, payload, parsed) => finished(payload.resume(), () => parsed(null)))
  const on = (
    methods: HTTPMethods[],
    url: string,
    answer: (call: FastifyRequest, reply: FastifyReply) => unknown,
  ): void => {
    server.route({ method: methods, url, handler: async (call, reply) => answer(call, reply) })
    refuseOtherMethods(server, url, methods)
  }
  on(['POST'], '/services/oauth2/token', (call, reply) => token(org, model, call, reply))
  on(['POST'], '/services/oauth2/introspect', (call) => introspect(org, model, call))
  on(['HEAD', 'GET', 'POST'], '/services/oauth2/revoke', (call, reply) => revoke(model, call, reply))
  server.get(authorize, (call, reply) => browser.authorize(call, reply))
  server.post(`${authorize}/login`, (call, reply) => browser.login(call, reply))
  server.post(`${authorize}/consent`, (call, reply) => browser.consent(call, reply))
  server.get('/setup/connect', (call, reply) => browser.connectForm(call, reply))
  server.post('/setup/connect', (call, reply) => browser.connect(call, reply))
  done()
}
