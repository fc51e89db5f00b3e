import { createNotes } from '../events/model.ts'
import type { Org } from '../org/org.ts'
import type { RecordInput } from '../records/field-input.ts'
import { fromJsonRecord, noSuchColumn } from '../records/json-record.ts'
import { isIdShaped, toId18 } from '../records/record-id.ts'
import type { FieldSchema, ObjectSchema, StoredRow } from '../schema/types.ts'
import type { JsonObject } from '../server/request-shape.ts'
import {
  duplicateExternalId,
  malformedId,
  missingAttributes,
  missingId,
  recordLimitReached,
  tooManyChunks,
  unsupportedOperation,
  unsupportedType,
} from './errors.ts'
import { type Saved, type SaveResult, saveEach } from './save-result.ts'

/** Records a call may write, records it may read, and runs of one type it may be made of. */
const MOST_WRITTEN = 200
const MOST_READ = 2000
const MOST_CHUNKS = 10

/** The sObject collections resource (REST API Developer Guide, "sObject Collections"). */
export class CollectionsModel {
  readonly #org: Org

  constructor(org: Org) {
    this.#org = org
  }

  create(rows: readonly JsonObject[], allOrNone: boolean): SaveResult[] {
    checkSize(rows)
    const write = (row: JsonObject): Saved => {
      const object = this.#objectOf(row)
      if (!object.createable) throw unsupportedOperation(object.name, 'create')
      const id = this.#org.records.insert(object.name, this.#input(object, row))
      return { id, created: true, notes: createNotes(this.#org.records, object, id) }
    }
    return saveEach(this.#org.records, rows, write, { allOrNone })
  }

  update(rows: readonly JsonObject[], allOrNone: boolean): SaveResult[] {
    checkSize(rows)
    const write = (row: JsonObject): Saved => {
      const object = this.#objectOf(row)
      if (!object.updateable) throw unsupportedOperation(object.name, 'update')
      const { Id: id, ...input } = this.#input(object, row)
      if (typeof id !== 'string') throw missingId()
      this.#org.records.update(object.name, id, input)
      return { id: toId18(id), created: false }
    }
    return saveEach(this.#org.records, rows, write, { allOrNone })
  }

  /** Updates or creates by an external id field; all records are of the one object. */
  upsert(object: ObjectSchema, field: FieldSchema, rows: readonly JsonObject[], allOrNone: boolean): SaveResult[] {
    checkSize(rows)
    const repeated = repeatedValues(rows, field)
    const write = (row: JsonObject): Saved => {
      if (this.#objectOf(row) !== object) throw unsupportedType(String(typeOf(row)))
      if (!object.createable) throw unsupportedOperation(object.name, 'upsert')
      const { [field.name]: given, ...input } = this.#input(object, row)
      const value = typeof given === 'string' || typeof given === 'number' ? given : null
      if (repeated.has(keyOf(value))) throw duplicateExternalId(field.name, String(value))
      return this.#org.records.upsert(object.name, field.name, value, input)
    }
    return saveEach(this.#org.records, rows, write, { allOrNone, tellsCreated: true })
  }

  delete(ids: readonly string[], allOrNone: boolean): SaveResult[] {
    if (ids.length > MOST_WRITTEN) throw recordLimitReached(MOST_WRITTEN)
    const write = (id: string): Saved => {
      const object = isGenuine(id) ? this.#org.schema.objectOfId(id) : undefined
      if (!object) throw malformedId(id)
      if (!object.deletable) throw unsupportedOperation(object.name, 'delete')
      this.#org.records.delete(object.name, id)
      return { id: toId18(id), created: false }
    }
    return saveEach(this.#org.records, ids, write, { allOrNone })
  }

  /** The live records of the Ids in their order, undefined for those that are none of the object. */
  retrieve(object: ObjectSchema, ids: readonly string[]): (StoredRow | undefined)[] {
    if (ids.length > MOST_READ) throw recordLimitReached(MOST_READ)
    return ids.map((id) => (isIdShaped(id) ? this.#org.records.get(object.name, id) : undefined))
  }

  /** The fields that a retrieve names. */
  fields(object: ObjectSchema, names: readonly string[]): FieldSchema[] {
    return names.map((name) => {
      const field = this.#org.schema.field(object.name, name)
      if (!field) throw noSuchColumn(name, object)
      return field
    })
  }

  #objectOf(row: JsonObject): ObjectSchema {
    const type = typeOf(row)
    if (type === undefined) throw missingAttributes()
    const object = this.#org.schema.object(type)
    if (!object) throw unsupportedType(type)
    return object
  }

  #input(object: ObjectSchema, row: JsonObject): RecordInput {
    return fromJsonRecord(this.#org.schema, object, row)
  }
}

function typeOf(row: JsonObject): string | undefined {
  const { type } = (row.attributes ?? {}) as { type?: unknown }
  return typeof type === 'string' ? type : undefined
}

function checkSize(rows: readonly JsonObject[]): void {
  if (rows.length > MOST_WRITTEN) throw recordLimitReached(MOST_WRITTEN)
  const chunks = rows.filter((row, index) => index === 0 || typeOf(row) !== typeOf(rows[index - 1] ?? {}))
  if (chunks.length > MOST_CHUNKS) throw tooManyChunks(MOST_CHUNKS)
}

function repeatedValues(rows: readonly JsonObject[], field: FieldSchema): Set<string> {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const row of rows) {
    const name = Object.keys(row).find((key) => key.toLowerCase() === field.name.toLowerCase())
    const key = keyOf(name === undefined ? null : row[name])
    if (key !== '' && seen.has(key)) repeated.add(key)
    seen.add(key)
  }
  return repeated
}

/** External ids are compared without regard to case. */
function keyOf(value: unknown): string {
  return String(value ?? '')
    .trim()
    .toLowerCase()
}

/** True for an Id whose last three characters fit the others, where it has them. */
function isGenuine(id: string): boolean {
  return isIdShaped(id) && toId18(id.slice(0, 15)) === toId18(id)
}
