import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import { limits, recordCounts } from './model.ts'

/** What an org may use and what it has left. */
export const limitsRoutes: FastifyPluginCallback<{ org: Org }> = (server, { org }, done) => {
  server.get('/services/data/v:version/limits', () => limits(org))
  server.get<{ Querystring: { sObjects?: string } }>('/services/data/v:version/limits/recordCount', (call) => ({
    sObjects: recordCounts(org, (call.query.sObjects ?? '').split(',').filter(Boolean)),
  }))
  done()
}
