import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import { answersAtOnce } from '../server/at-once.ts'
import type { Roads } from '../server/roads.ts'
import { since } from '../server/since.ts'
import { type CompositeCall, compositeResources, postComposite } from './handlers.ts'

/** The composite roads; `roads` are those that subrequests may take. */
export const compositeRoutes: FastifyPluginCallback<{ org: Org; roads: Roads }> = (server, { org, roads }, done) => {
  const on = answersAtOnce<CompositeCall>(server)
  const composite = '/services/data/v:version/composite'
  server.addHook('onRequest', since(38))
  on('GET', composite, (call) => compositeResources(call))
  on('POST', composite, (call) => postComposite(org, roads, call))
  done()
}
