import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import { bulkRoutes } from '../bulk/routes.ts'
import { checkVersion } from '../discovery/model.ts'
import { dataDiscoveryRoutes, discoveryRoutes } from '../discovery/routes.ts'
import { limitsRoutes } from '../limits/routes.ts'
import type { Org } from '../org/org.ts'
import { QueryService } from '../query/model.ts'
import { queryRoutes } from '../query/routes.ts'
import { sobjectRoutes } from '../sobjects/routes.ts'
import { authorize } from './authorize.ts'

/**
 * Everything under /services/data. The list of versions is open to all; below a version a live session is needed, and every
 * answered call counts and says so in `Sforce-Limit-Info`.
 */
export const dataRoutes: FastifyPluginCallback<{ org: Org }> = (server, { org }, done) => {
  // One for all roads: a page of children or of a search goes on at the same cursors.
  const queries = new QueryService(org)
  server.register(discoveryRoutes)
  server.register((data, _options, ready) => {
    const counted = new WeakSet<FastifyRequest>()
    data.addHook('onRequest', async (call) => {
      authorize(org, call)
      checkVersion((call.params as { version?: string }).version)
      counted.add(call)
    })
    data.addHook('onSend', (call, reply, payload, done) => {
      if (counted.has(call)) reply.header('sforce-limit-info', org.usage.count())
      done(null, payload)
    })
    data.register(dataDiscoveryRoutes, { org })
    data.register(limitsRoutes, { org })
    data.register(sobjectRoutes, { org, queries })
    data.register(queryRoutes, { queries })
    data.register(bulkRoutes, { org })
    ready()
  })
  done()
}
