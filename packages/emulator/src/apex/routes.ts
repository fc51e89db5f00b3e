import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import { orgAccess } from '../org/org-access.ts'
import { QueryService } from '../query/model.ts'
import { addSessionHooks } from '../server/session-hooks.ts'
import { type ApexRestCall, callApex } from './handlers.ts'
import { ApexModel } from './model.ts'

/** Apex REST: whatever classes the org has, below /services/apexrest. */
export const apexRoutes: FastifyPluginCallback<{ org: Org }> = (server, { org }, done) => {
  const model = new ApexModel(org, orgAccess(org, new QueryService(org)), org.metadata.apex)
  addSessionHooks(server, org)
  server.addContentTypeParser('*', { parseAs: 'string' }, (_call, body, parsed) => parsed(null, body))
  server.route({
    method: ['HEAD', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/services/apexrest/*',
    handler: (call, reply) => callApex(model, call as ApexRestCall, reply),
  })
  done()
}
