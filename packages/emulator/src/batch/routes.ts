import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import type { Roads } from '../server/roads.ts'
import { since } from '../server/since.ts'
import { type BatchCall, postBatch } from './handlers.ts'

/** The composite batch road; `roads` are those that subrequests may take. */
export const batchRoutes: FastifyPluginCallback<{ org: Org; roads: Roads }> = (server, { org, roads }, done) => {
  server.addHook('onRequest', since(34))
  server.post('/services/data/v:version/composite/batch', (call) => postBatch(org, roads, call as BatchCall))
  done()
}
