import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import { refuseOtherMethods } from '../server/methods.ts'
import { type SoapRoute, soap } from './handlers.ts'

/** SOAP login, logout and undelete, at the partner and the enterprise endpoint, with or without the org's Id at the end. */
export const soapRoutes: FastifyPluginCallback<{ org: Org }> = (server, { org }, done) => {
  const types = ['text/xml', 'application/soap+xml', 'application/xml']
  server.addContentTypeParser(types, { parseAs: 'string' }, (_call, body, parsed) => parsed(null, body))
  for (const path of ['/services/Soap/:api(u|c)/:version', '/services/Soap/:api(u|c)/:version/:organization']) {
    server.post<SoapRoute>(path, (call, reply) => reply.send(soap(org, call, reply)))
    refuseOtherMethods(server, path, ['POST'])
  }
  done()
}
