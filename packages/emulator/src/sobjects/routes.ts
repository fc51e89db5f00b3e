import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import type { QueryService } from '../query/model.ts'
import { answersAtOnce } from '../server/at-once.ts'
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
  const records = new RecordHandlers(org.records, model, recent)
  const related = new RelatedHandlers(model, records, queries, org.blobs)
  const on = answersAtOnce<SObjectCall>(server)
  const data = '/services/data/v:version'
  const object = `${data}/sobjects/:object`
  const record = `${object}/:id`
  const byExternalId = `${object}/:field/:value`
  const startsAtRecord = ({ params }: SObjectCall): boolean =>
    model.startsAtRecord(model.object(params.object), params.field)
  on('GET', `${data}/recent`, (call) => objects.recent(call))
  on('GET', `${data}/sobjects`, (call, reply) => objects.describeGlobal(call, reply))
  on('GET', object, (call) => objects.basicInformation(call))
  on('GET', `${object}/describe`, (call, reply) => objects.describe(call, reply))
  on('GET', `${object}/updated`, (call) => objects.updated(call))
  on('GET', `${object}/deleted`, (call) => objects.deleted(call))
  on('POST', object, (call, reply) => records.create(call, reply))
  on('POST', `${object}/Id`, (call, reply) => records.upsertWithoutId(call, reply))
  on('GET', record, (call, reply) => records.read(call, reply))
  on('PATCH', record, (call, reply) => records.update(call, reply))
  on('DELETE', record, (call, reply) => records.delete(call, reply))
  on('GET', byExternalId, (call, reply) => {
    if (!startsAtRecord(call)) return records.readByExternalId(call, reply)
    const isBlob = model.isBlob(model.object(call.params.object), call.params.value)
    return isBlob ? related.blob(call, reply) : related.read(call, reply)
  })
  on('PATCH', byExternalId, (call, reply) =>
    startsAtRecord(call) ? related.update(call, reply) : records.upsert(call, reply),
  )
  on('DELETE', byExternalId, (call, reply) =>
    startsAtRecord(call) ? related.delete(call, reply) : records.deleteByExternalId(call, reply),
  )
  on('GET', `${byExternalId}/*`, (call, reply) => related.read(call, reply))
  on('PATCH', `${byExternalId}/*`, (call, reply) => related.update(call, reply))
  on('DELETE', `${byExternalId}/*`, (call, reply) => related.delete(call, reply))
  done()
}
