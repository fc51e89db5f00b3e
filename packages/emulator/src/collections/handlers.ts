import type { FastifyRequest } from 'fastify'
import type { Org } from '../org/org.ts'
import { toRestRecord } from '../records/rest-record.ts'
import type { ObjectSchema } from '../schema/types.ts'
import {
  badRequest,
  type JsonObject,
  jsonObject,
  knownKeys,
  objectList,
  optionalFlag,
} from '../server/request-shape.ts'
import { noSuchExternalIdField, notFound } from '../sobjects/errors.ts'
import { followingHeaders } from '../sobjects/save-headers.ts'
import type { CollectionsModel } from './model.ts'
import type { SaveResult } from './save-result.ts'

/** A call to one of the collections roads; which of the path parts are there depends on the road. */
export type CollectionsCall = FastifyRequest<{
  Params: { version: string; object: string; field: string }
  Querystring: { ids?: string; fields?: string; allOrNone?: string }
}>

/** Wire shapes of the sObject collections roads: always 200 with one result a record, in their order. */
export class CollectionsHandlers {
  readonly #org: Org
  readonly #model: CollectionsModel

  constructor(org: Org, model: CollectionsModel) {
    this.#org = org
    this.#model = model
  }

  /** POST /composite/sobjects */
  create(call: CollectionsCall): SaveResult[] {
    return this.#saving(call, () => this.#model.create(...recordsOf(call)))
  }

  /** PATCH /composite/sobjects */
  update(call: CollectionsCall): SaveResult[] {
    return this.#saving(call, () => this.#model.update(...recordsOf(call)))
  }

  /** PATCH /composite/sobjects/{object}/{field}; came with v46.0, later than the others. */
  upsert(call: CollectionsCall): SaveResult[] {
    if (Number(call.params.version) < 46) throw notFound()
    const object = this.#object(call)
    const field = this.#org.schema.field(object.name, call.params.field)
    if (!field?.idLookup) throw noSuchExternalIdField(call.params.field)
    return this.#saving(call, () => this.#model.upsert(object, field, ...recordsOf(call)))
  }

  /** DELETE /composite/sobjects?ids=&allOrNone= */
  delete({ query }: CollectionsCall): SaveResult[] {
    return this.#model.delete(listOf('ids', query.ids), query.allOrNone === 'true')
  }

  /** GET /composite/sobjects/{object}?ids=&fields= */
  retrieve(call: CollectionsCall): unknown[] {
    return this.#show(call, listOf('ids', call.query.ids), listOf('fields', call.query.fields))
  }

  /** POST /composite/sobjects/{object}: `{ids, fields}`, for more Ids than an address can hold. */
  retrieveByBody(call: CollectionsCall): unknown[] {
    const { ids, fields } = jsonObject(call.body, 'ids')
    return this.#show(call, textsOf('ids', ids), textsOf('fields', fields))
  }

  #saving({ headers, params }: CollectionsCall, work: () => SaveResult[]): SaveResult[] {
    return followingHeaders(this.#org.records, { headers, version: params.version }, work)
  }

  #show(call: CollectionsCall, ids: readonly string[], names: readonly string[]): unknown[] {
    const object = this.#object(call)
    const fields = this.#model.fields(object, names)
    return this.#model
      .retrieve(object, ids)
      .map((row) => (row ? toRestRecord(object, row, call.params.version, fields) : null))
  }

  #object({ params }: CollectionsCall): ObjectSchema {
    const object = this.#org.schema.object(params.object)
    if (!object) throw notFound()
    return object
  }
}

function recordsOf(call: CollectionsCall): [records: JsonObject[], allOrNone: boolean] {
  const body = jsonObject(call.body, 'records')
  knownKeys(body, ['allOrNone', 'records'])
  return [objectList(body, 'records'), optionalFlag(body, 'allOrNone')]
}

function listOf(name: string, text: string | undefined): string[] {
  const list = (text ?? '').split(',').map((entry) => entry.trim())
  return textsOf(
    name,
    list.filter((entry) => entry !== ''),
  )
}

function textsOf(name: string, list: unknown): string[] {
  if (Array.isArray(list) && list.length > 0 && list.every((entry) => typeof entry === 'string')) return list
  throw badRequest(`${name} must be a list with at least one entry`)
}
