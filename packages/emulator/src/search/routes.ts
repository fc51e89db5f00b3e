import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import type { QueryService } from '../query/model.ts'
import { type SearchRoute, search, searchByBody, searchByQuery } from './handlers.ts'
import { SearchService } from './model.ts'

/** The search roads of the REST API: SOSL, and words with parameters. */
export const searchRoutes: FastifyPluginCallback<{ org: Org; queries: QueryService }> = (server, options, done) => {
  const service = new SearchService(options.org, options.queries)
  const data = '/services/data/v:version'
  server.get<SearchRoute>(`${data}/search`, (call) => search(service, call))
  server.get<SearchRoute>(`${data}/parameterizedSearch`, (call) => searchByQuery(service, call))
  server.post<SearchRoute>(`${data}/parameterizedSearch`, (call) => searchByBody(service, call))
  done()
}
