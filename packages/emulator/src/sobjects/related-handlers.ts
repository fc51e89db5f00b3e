import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { answeringSoqlErrors } from '../query/errors.ts'
import { batchSize, pageBody } from '../query/handlers.ts'
import type { QueryService } from '../query/model.ts'
import { type BlobStore, blobFacts } from '../records/blob-store.ts'
import { readOnly } from './errors.ts'
import type { RecordHandlers, SObjectCall } from './handlers.ts'
import type { SObjectModel } from './model.ts'
import type { Related } from './relationships.ts'

/** Wire shapes of the roads that go on from a record by relationship names: `/sobjects/Contact/{id}/Account/Owner`. */
export class RelatedHandlers {
  readonly #model: SObjectModel
  readonly #blobs: BlobStore
  readonly #records: RecordHandlers
  readonly #queries: QueryService

  constructor(model: SObjectModel, records: RecordHandlers, queries: QueryService, blobs: BlobStore) {
    this.#model = model
    this.#blobs = blobs
    this.#records = records
    this.#queries = queries
  }

  /** GET of a base64 field: its bytes, whatever they are (REST API Developer Guide, "sObject Blob Get"). */
  blob(call: SObjectCall, reply: FastifyReply): Readable {
    const object = this.#model.object(call.params.object)
    const { key, contentType } = this.#model.blob(object, call.params.field, call.params.value)
    reply.type(contentType).header('content-length', blobFacts(key).size)
    return this.#blobs.read(key)
  }

  /** GET: the parent record, or the children as pages of a query. */
  read(call: SObjectCall, reply: FastifyReply): object | undefined {
    const related = this.#follow(call)
    if (related.kind === 'record') return this.#records.show(call, reply, related.object, related.row)
    const { version } = call.params
    const soql = related.soql(this.#model.fields(related.object, call.query.fields))
    const request = { soql, includeDeleted: false, batchSize: batchSize(call), version }
    return pageBody(
      answeringSoqlErrors(() => this.#queries.query(request)),
      version,
    )
  }

  /** PATCH of the parent record: 204. */
  update(call: SObjectCall, reply: FastifyReply): undefined {
    const related = this.#follow(call)
    if (related.kind === 'children' || !related.object.updateable) throw readOnly(call.method)
    this.#records.updateRow(call, reply, related.object, related.row)
  }

  /** DELETE of the parent record: 204. */
  delete(call: SObjectCall, reply: FastifyReply): undefined {
    const related = this.#follow(call)
    if (related.kind === 'children' || !related.object.deletable) throw readOnly(call.method)
    this.#records.deleteRow(call, reply, related.object, related.row)
  }

  #follow(call: SObjectCall): Related {
    const { field: id, value, '*': rest = '' } = call.params
    const names = [value, ...rest.split('/').filter(Boolean)]
    return this.#model.related(this.#model.object(call.params.object), id, names)
  }
}
