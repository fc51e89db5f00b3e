import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import { answersAtOnce } from '../server/at-once.ts'
import type { Roads } from '../server/roads.ts'
import { since } from '../server/since.ts'
import { type GraphCall, postGraph } from './handlers.ts'

/** The composite graph road; `roads` are those that nodes may take. */
export const graphRoutes: FastifyPluginCallback<{ org: Org; roads: Roads }> = (server, { org, roads }, done) => {
  const on = answersAtOnce<GraphCall>(server)
  server.addHook('onRequest', since(50))
  on('POST', '/services/data/v:version/composite/graph', (call) => postGraph(org, roads, call))
  done()
}
