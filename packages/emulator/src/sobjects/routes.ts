import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import type { QueryService } from '../query/model.ts'
import { RecordHandlers, type SObjectCall } from './handlers.ts'
import { SObjectModel } from './model.ts'
import { ObjectHandlers } from './object-handlers.ts'
import { RecentItems } from './recent-items.ts'
import { RelatedHandlers } from './related-handlers.ts'

/** The sObject roads: describes and changes, records by Id, by external id and by relationship. */
export const sobjectRoutes: FastifyPluginCallback<{ org: Org; queries: QueryService }> = (server, options, done) => {
  const { org, queries } = options
  const model = new SObjectModel(org)
  const recent = new RecentItems(org)
  const objects = new ObjectHandlers(org, model, recent)
  const records = new RecordHandlers(model, recent)
  const related = new RelatedHandlers(model, records, queries)
  const data = '/services/data/v:version'
  const object = `${data}/sobjects/:object`
  const record = `${object}/:id`
  const byExternalId = `${object}/:field/:value`
  const startsAtRecord = ({ params }: SObjectCall): boolean =>
    model.startsAtRecord(model.object(params.object), params.field)
  server.get(`${data}/recent`, async (call) => objects.recent(call as SObjectCall))
  server.get(`${data}/sobjects`, async (call, reply) => objects.describeGlobal(call as SObjectCall, reply))
  server.get(object, async (call) => objects.basicInformation(call as SObjectCall))
  server.get(`${object}/describe`, async (call, reply) => objects.describe(call as SObjectCall, reply))
  server.get(`${object}/updated`, async (call) => objects.updated(call as SObjectCall))
  server.get(`${object}/deleted`, async (call) => objects.deleted(call as SObjectCall))
  server.post(object, async (call, reply) => records.create(call as SObjectCall, reply))
  server.post(`${object}/Id`, async (call, reply) => records.upsertWithoutId(call as SObjectCall, reply))
  server.get(record, async (call, reply) => records.read(call as SObjectCall, reply))
  server.patch(record, async (call, reply) => records.update(call as SObjectCall, reply))
  server.delete(record, async (call, reply) => records.delete(call as SObjectCall, reply))
  server.get(byExternalId, async (call, reply) =>
    startsAtRecord(call as SObjectCall)
      ? related.read(call as SObjectCall, reply)
      : records.readByExternalId(call as SObjectCall, reply),
  )
  server.patch(byExternalId, async (call, reply) =>
    startsAtRecord(call as SObjectCall)
      ? related.update(call as SObjectCall, reply)
      : records.upsert(call as SObjectCall, reply),
  )
  server.delete(byExternalId, async (call, reply) =>
    startsAtRecord(call as SObjectCall)
      ? related.delete(call as SObjectCall, reply)
      : records.deleteByExternalId(call as SObjectCall, reply),
  )
  server.get(`${byExternalId}/*`, async (call, reply) => related.read(call as SObjectCall, reply))
  server.patch(`${byExternalId}/*`, async (call, reply) => related.update(call as SObjectCall, reply))
  server.delete(`${byExternalId}/*`, async (call, reply) => related.delete(call as SObjectCall, reply))
  done()
}
