import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import type { QueryService } from '../query/model.ts'
import { answersAtOnce } from '../server/at-once.ts'
import { since } from '../server/since.ts'
import { type ListViewCall, ListViewHandlers } from './handlers.ts'
import { ListViewsModel } from './model.ts'

/** What the roads of list views need. */
export interface ListViewRoutesOptions {
  readonly org: Org
  readonly queries: QueryService
}

/** List views: which there are, what they select, their rows; since version 32.0. */
export const listViewRoutes: FastifyPluginCallback<ListViewRoutesOptions> = (server, { org, queries }, done) => {
  const handlers = new ListViewHandlers(org, new ListViewsModel(org, queries))
  const on = answersAtOnce<ListViewCall>(server)
  const views = '/services/data/v:version/sobjects/:object/listviews'
  server.addHook('onRequest', since(32))
  on('GET', views, (call) => handlers.list(call))
  on('GET', `${views}/recent`, (call) => handlers.recent(call))
  on('GET', `${views}/:view`, (call) => handlers.view(call))
  on('GET', `${views}/:view/describe`, (call) => handlers.describe(call))
  on('GET', `${views}/:view/results`, (call) => handlers.results(call))
  done()
}
