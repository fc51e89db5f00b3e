import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Org } from '../org/org.ts'
import { MultipleMatchesError } from '../records/multiple-matches.ts'
import { recordPath, toRestRecord } from '../records/rest-record.ts'
import type { ObjectSchema, StoredRow } from '../schema/types.ts'
import { describe, describeBriefly } from './describe.ts'
import { methodNotAllowed, notAnObject } from './errors.ts'
import type { JsonRecord, SObjectModel } from './model.ts'
import { isUnchanged } from './unchanged.ts'

/** A call to one of the sObject roads; which of the path parts are there depends on the road. */
export type SObjectCall = FastifyRequest<{
  Params: { version: string; object: string; id: string; field: string; value: string }
  Querystring: { fields?: string; updateOnly?: string }
}>

/** Wire shapes of the sObject roads: what goes in and out, no rules. */
export class SObjectHandlers {
  readonly #org: Org
  readonly #model: SObjectModel

  constructor(org: Org, model: SObjectModel) {
    this.#org = org
    this.#model = model
  }

  /** GET /sobjects */
  describeGlobal(call: SObjectCall): object {
    const sobjects = this.#org.schema.objects.map((object) => describeBriefly(object, call.params.version))
    return { encoding: 'UTF-8', maxBatchSize: 200, sobjects }
  }

  /** GET /sobjects/{object} */
  basicInformation(call: SObjectCall): object {
    const object = this.#model.object(call.params.object)
    const { version } = call.params
    const name = object.fields.find((field) => field.nameField)
    const recentItems = this.#model.recent(object).map((row) => toRestRecord(object, row, version, name ? [name] : []))
    return { objectDescribe: describeBriefly(object, version), recentItems }
  }

  /** GET /sobjects/{object}/describe; 304 when the schema is older than If-Modified-Since. */
  describe(call: SObjectCall, reply: FastifyReply): object | undefined {
    const object = this.#model.object(call.params.object)
    if (isUnchanged(this.#org.startedAt, call, reply)) return undefined
    return describe(this.#org.schema, object, call.params.version)
  }

  /** POST /sobjects/{object}: 201, Location, `{id, success, errors}`. */
  create(call: SObjectCall, reply: FastifyReply): object {
    const object = this.#writable(call)
    const id = this.#model.create(object, bodyOf(call))
    return created(reply, object, id, call.params.version)
  }

  /** GET /sobjects/{object}/{id}?fields= */
  read(call: SObjectCall, reply: FastifyReply): object | undefined {
    const object = this.#model.object(call.params.object)
    return this.#show(call, reply, object, this.#model.byId(object, call.params.id))
  }

  /** GET /sobjects/{object}/{field}/{value}: 300 with the paths when several match. */
  readByExternalId(call: SObjectCall, reply: FastifyReply): object | undefined {
    const object = this.#model.object(call.params.object)
    return orMultiple(call, reply, object, () => {
      const row = this.#model.byExternalId(object, call.params.field, call.params.value)
      return this.#show(call, reply, object, row)
    })
  }

  /** PATCH /sobjects/{object}/{id}: 204. */
  update(call: SObjectCall, reply: FastifyReply): undefined {
    const object = this.#writable(call)
    this.#model.update(object, call.params.id, bodyOf(call))
    reply.code(204)
  }

  /** PATCH /sobjects/{object}/{field}/{value}: 201 or 200 with `created`; before v46.0 without it, or 204. */
  upsert(call: SObjectCall, reply: FastifyReply): object | undefined {
    const object = this.#writable(call)
    const { field, value, version } = call.params
    return orMultiple(call, reply, object, () => {
      const updateOnly = call.query.updateOnly === 'true'
      const result = this.#model.upsert(object, field, value, bodyOf(call), updateOnly)
      const tellsCreated = Number(version) >= 46
      if (result.created) {
        return { ...created(reply, object, result.id, version), ...(tellsCreated && { created: true }) }
      }
      if (tellsCreated) return { id: result.id, success: true, errors: [], created: false }
      reply.code(204)
      return undefined
    })
  }

  /** POST /sobjects/{object}/Id: an upsert by Id without a value is a create. */
  upsertWithoutId(call: SObjectCall, reply: FastifyReply): object {
    return { ...this.create(call, reply), created: true }
  }

  /** DELETE /sobjects/{object}/{id}: 204. */
  delete(call: SObjectCall, reply: FastifyReply): undefined {
    const object = this.#deletable(call)
    this.#model.delete(object, call.params.id)
    reply.code(204)
  }

  /** DELETE /sobjects/{object}/{field}/{value}: 204. */
  deleteByExternalId(call: SObjectCall, reply: FastifyReply): object | undefined {
    const object = this.#deletable(call)
    return orMultiple(call, reply, object, () => {
      const row = this.#model.byExternalId(object, call.params.field, call.params.value)
      this.#model.delete(object, String(row.Id))
      reply.code(204)
      return undefined
    })
  }

  #show(call: SObjectCall, reply: FastifyReply, object: ObjectSchema, row: StoredRow): object | undefined {
    const fields = this.#model.fields(object, call.query.fields)
    if (isUnchanged(Date.parse(String(row.LastModifiedDate)), call, reply)) return undefined
    return toRestRecord(object, row, call.params.version, fields)
  }

  #writable(call: SObjectCall): ObjectSchema {
    const object = this.#model.object(call.params.object)
    if (!object.createable) throw methodNotAllowed(call.method)
    return object
  }

  #deletable(call: SObjectCall): ObjectSchema {
    const object = this.#model.object(call.params.object)
    if (!object.deletable) throw methodNotAllowed(call.method)
    return object
  }
}

function bodyOf(call: SObjectCall): JsonRecord {
  if (typeof call.body !== 'object' || call.body === null || Array.isArray(call.body)) throw notAnObject()
  return call.body as JsonRecord
}

function created(reply: FastifyReply, object: ObjectSchema, id: string, version: string): object {
  reply.code(201).header('location', recordPath(object, id, version))
  return { id, success: true, errors: [] }
}

/** Several records under one external id are no error to Salesforce but 300: the body lists their paths. */
function orMultiple(
  call: SObjectCall,
  reply: FastifyReply,
  object: ObjectSchema,
  work: () => object | undefined,
): object | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof MultipleMatchesError)) throw error
    reply.code(300)
    return error.ids.map((id) => recordPath(object, id, call.params.version))
  }
}
