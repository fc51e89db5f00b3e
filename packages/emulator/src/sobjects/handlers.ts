import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ErrorEntry } from '../errors.ts'
import { MultipleMatchesError } from '../records/multiple-matches.ts'
import type { RecordStore } from '../records/record-store.ts'
import { recordPath, toRestRecord } from '../records/rest-record.ts'
import type { ObjectSchema, StoredRow } from '../schema/types.ts'
import { noEntityBody } from '../server/request-shape.ts'
import { recordEtag, settledByConditions, type Validators } from './conditions.ts'
import { notAnObject, readOnly } from './errors.ts'
import type { JsonRecord, SObjectModel } from './model.ts'
import type { RecentItems } from './recent-items.ts'
import { followingHeaders } from './save-headers.ts'

/** A call to one of the sObject roads; which of the path parts are there depends on the road. */
export type SObjectCall = FastifyRequest<{
  Params: { version: string; object: string; id: string; field: string; value: string; '*': string }
  Querystring: { fields?: string; updateOnly?: string; start?: string; end?: string; limit?: string }
}>

/** Wire shapes of the roads to records: what goes in and out, no rules. */
export class RecordHandlers {
  readonly #records: RecordStore
  readonly #model: SObjectModel
  readonly #recent: RecentItems

  constructor(records: RecordStore, model: SObjectModel, recent: RecentItems) {
    this.#records = records
    this.#model = model
    this.#recent = recent
  }

  /** POST /sobjects/{object}: 201, Location, `{id, success, errors}`. */
  create(call: SObjectCall, reply: FastifyReply): object {
    const object = this.#writable(call)
    const id = this.#saving(call, () => this.#model.create(object, bodyOf(call)))
    this.#noteView(call, object, id)
    const notes = this.#model.createNotes(object, id)
    return created(reply, object, id, call.params.version, notes)
  }

  /** GET /sobjects/{object}/{id}?fields= */
  read(call: SObjectCall, reply: FastifyReply): object | undefined {
    const object = this.#model.object(call.params.object)
    return this.show(call, reply, object, this.#model.byId(object, call.params.id))
  }

  /** GET /sobjects/{object}/{field}/{value}: 300 with the paths when several match. */
  readByExternalId(call: SObjectCall, reply: FastifyReply): object | undefined {
    const object = this.#model.object(call.params.object)
    return orMultiple(call, reply, object, () => {
      const row = this.#model.byExternalId(object, call.params.field, call.params.value)
      return this.show(call, reply, object, row)
    })
  }

  /** PATCH /sobjects/{object}/{id}: 204. */
  update(call: SObjectCall, reply: FastifyReply): undefined {
    const object = this.#writable(call)
    this.updateRow(call, reply, object, this.#model.byId(object, call.params.id))
  }

  /** PATCH of a record already found: 204, or 412 where a condition of the call fails. */
  updateRow(call: SObjectCall, reply: FastifyReply, object: ObjectSchema, row: StoredRow): undefined {
    const body = bodyOf(call)
    if (settledByConditions(validatorsOf(object, row), call, reply)) return
    this.#saving(call, () => this.#model.update(object, String(row.Id), body))
    this.#noteView(call, object, String(row.Id))
    reply.code(204)
  }

  /** PATCH /sobjects/{object}/{field}/{value}: 201 or 200 with `created`; before v46.0 without it, or 204. */
  upsert(call: SObjectCall, reply: FastifyReply): object | undefined {
    const object = this.#writable(call)
    const { field, value, version } = call.params
    return orMultiple(call, reply, object, () => {
      const updateOnly = call.query.updateOnly === 'true'
      const result = this.#saving(call, () => this.#model.upsert(object, field, value, bodyOf(call), updateOnly))
      this.#noteView(call, object, result.id)
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
    this.deleteRow(call, reply, object, this.#model.byId(object, call.params.id))
  }

  /** DELETE of a record already found: 204, or 412 where a condition of the call fails. */
  deleteRow(call: SObjectCall, reply: FastifyReply, object: ObjectSchema, row: StoredRow): undefined {
    if (settledByConditions(validatorsOf(object, row), call, reply)) return
    this.#model.delete(object, String(row.Id))
    reply.code(204)
  }

  /** DELETE /sobjects/{object}/{field}/{value}: 204. */
  deleteByExternalId(call: SObjectCall, reply: FastifyReply): object | undefined {
    const object = this.#deletable(call)
    return orMultiple(call, reply, object, () => {
      const row = this.#model.byExternalId(object, call.params.field, call.params.value)
      this.deleteRow(call, reply, object, row)
      return undefined
    })
  }

  /** A record as an answer; 304 or 412 where a condition of the call says so. */
  show(call: SObjectCall, reply: FastifyReply, object: ObjectSchema, row: StoredRow): object | undefined {
    const fields = this.#model.fields(object, call.query.fields)
    if (settledByConditions(validatorsOf(object, row), call, reply)) return undefined
    this.#noteView(call, object, String(row.Id))
    return toRestRecord(object, row, call.params.version, fields)
  }

  #saving<T>(call: SObjectCall, work: () => T): T {
    return followingHeaders(this.#records, { headers: call.headers, version: call.params.version }, work)
  }

  #noteView(call: SObjectCall, object: ObjectSchema, id: string): void {
    if (UPDATE_MRU.test(String(call.headers['sforce-mru'] ?? ''))) this.#recent.viewed(object, [id])
  }

  #writable(call: SObjectCall): ObjectSchema {
    const object = this.#model.object(call.params.object)
    if (call.method === 'POST' ? !object.createable : !object.updateable) throw readOnly(call.method)
    return object
  }

  #deletable(call: SObjectCall): ObjectSchema {
    const object = this.#model.object(call.params.object)
    if (!object.deletable) throw readOnly(call.method)
    return object
  }
}

/** REST API Developer Guide, "MRU Header". */
const UPDATE_MRU = /^\s*updateMru\s*=\s*true\s*$/i

/** Only accounts have an ETag (REST API Developer Guide, "Conditional Request Headers"). */
function validatorsOf(object: ObjectSchema, row: StoredRow): Validators {
  const etag = object.name === 'Account' ? recordEtag(row) : undefined
  return { modified: Date.parse(String(row.LastModifiedDate)), etag }
}

function bodyOf(call: SObjectCall): JsonRecord {
  if (call.body === undefined) throw noEntityBody()
  if (typeof call.body !== 'object' || call.body === null || Array.isArray(call.body)) throw notAnObject()
  return call.body as JsonRecord
}

function created(
  reply: FastifyReply,
  object: ObjectSchema,
  id: string,
  version: string,
  notes: readonly ErrorEntry[] = [],
): object {
  reply.code(201).header('location', recordPath(object, id, version))
  const errors = notes.map(({ errorCode, message, fields }) => ({ statusCode: errorCode, message, fields }))
  return { id, success: true, errors }
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
