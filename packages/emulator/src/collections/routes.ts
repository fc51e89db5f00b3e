import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import { answersAtOnce } from '../server/at-once.ts'
import { since } from '../server/since.ts'
import { type CollectionsCall, CollectionsHandlers } from './handlers.ts'
import { CollectionsModel } from './model.ts'

/** The sObject collections roads: several records, of one or of several objects, in one call. */
export const collectionsRoutes: FastifyPluginCallback<{ org: Org }> = (server, { org }, done) => {
  const handlers = new CollectionsHandlers(org, new CollectionsModel(org))
  const on = answersAtOnce<CollectionsCall>(server)
  const collections = '/services/data/v:version/composite/sobjects'
  server.addHook('onRequest', since(42))
  on('POST', collections, (call) => handlers.create(call))
  on('PATCH', collections, (call) => handlers.update(call))
  on('DELETE', collections, (call) => handlers.delete(call))
  on('GET', `${collections}/:object`, (call) => handlers.retrieve(call))
  on('POST', `${collections}/:object`, (call) => handlers.retrieveByBody(call))
  on('PATCH', `${collections}/:object/:field`, (call) => handlers.upsert(call))
  done()
}
