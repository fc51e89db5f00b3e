import type { FastifyPluginCallback } from 'fastify'
import { firstPage, laterPage, type QueryRoute } from './handlers.ts'
import type { QueryService } from './model.ts'

/** The query roads of the REST API: `/query`, `/queryAll` and their later pages. */
export const queryRoutes: FastifyPluginCallback<{ queries: QueryService }> = (server, { queries }, done) => {
  for (const road of ['query', 'queryAll'] as const) {
    const path = `/services/data/v:version/${road}`
    server.get<QueryRoute>(path, (call) => firstPage(queries, road, call))
    server.get<QueryRoute>(`${path}/:locator`, (call) => laterPage(queries, call))
  }
  done()
}
