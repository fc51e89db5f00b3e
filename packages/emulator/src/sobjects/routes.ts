import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import { type SObjectCall, SObjectHandlers } from './handlers.ts'
import { SObjectModel } from './model.ts'

/** The sObject roads: describe, and records by Id and by external id. */
export const sobjectRoutes: FastifyPluginCallback<{ org: Org }> = (server, { org }, done) => {
  const handlers = new SObjectHandlers(org, new SObjectModel(org))
  const objects = '/services/data/v:version/sobjects'
  const object = `${objects}/:object`
  const record = `${object}/:id`
  const byExternalId = `${object}/:field/:value`
  server.get(objects, async (call) => handlers.describeGlobal(call as SObjectCall))
  server.get(object, async (call) => handlers.basicInformation(call as SObjectCall))
  server.post(object, async (call, reply) => handlers.create(call as SObjectCall, reply))
  server.get(`${object}/describe`, async (call, reply) => handlers.describe(call as SObjectCall, reply))
  server.post(`${object}/Id`, async (call, reply) => handlers.upsertWithoutId(call as SObjectCall, reply))
  server.get(record, async (call, reply) => handlers.read(call as SObjectCall, reply))
  server.patch(record, async (call, reply) => handlers.update(call as SObjectCall, reply))
  server.delete(record, async (call, reply) => handlers.delete(call as SObjectCall, reply))
  server.get(byExternalId, async (call, reply) => handlers.readByExternalId(call as SObjectCall, reply))
  server.patch(byExternalId, async (call, reply) => handlers.upsert(call as SObjectCall, reply))
  server.delete(byExternalId, async (call, reply) => handlers.deleteByExternalId(call as SObjectCall, reply))
  done()
}
