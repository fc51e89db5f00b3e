import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import { firstPage, laterPage, type QueryRoute } from './handlers.ts'
import { QueryService } from './model.ts'

/** The query roads of the REST API: `/query`, `/queryAll` and their later pages. */
export const queryRoutes: FastifyPluginCallback<{ org: Org }> = (server, { org }, done) => {
  const service = new QueryService(org)
  for (const road of ['query', 'queryAll'] as const) {
    const path = `/services/data/v:version/${road}`
    server.get<QueryRoute>(path, (call) => firstPage(service, road, call))
    server.get<QueryRoute>(`${path}/:locator`, (call) => laterPage(service, call))
  }
  done()
}
