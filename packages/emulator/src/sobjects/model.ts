import type { ErrorEntry } from '../errors.ts'
import { createNotes } from '../events/model.ts'
import type { Org } from '../org/org.ts'
import { fromJson } from '../records/from-json.ts'
import { fromJsonRecord, noSuchColumn } from '../records/json-record.ts'
import { MultipleMatchesError } from '../records/multiple-matches.ts'
import { isIdShaped } from '../records/record-id.ts'
import type { FieldSchema, ObjectSchema, StoredRow, StoredValue } from '../schema/types.ts'
import { entityIsDeleted, fieldNotInBody, noSuchExternalIdField, notFound } from './errors.ts'
import { follow, type Related } from './relationships.ts'

/** A JSON record as a client sends it. */
export type JsonRecord = Readonly<Record<string, unknown>>

/** The sObject rows resources (REST API Developer Guide, "sObject Rows" and "sObject Rows by External ID"). */
export class SObjectModel {
  readonly #org: Org

  constructor(org: Org) {
    this.#org = org
  }

  /** The object of that name in any case; throws the 404 that Salesforce gives for an unknown one. */
  object(name: string): ObjectSchema {
    const object = this.#org.schema.object(name)
    if (!object) throw notFound()
    return object
  }

  /** The fields of a `fields=A,B` parameter, all when it is absent. */
  fields(object: ObjectSchema, list: string | undefined): readonly FieldSchema[] {
    if (!list) return object.fields
    return list.split(',').map((name) => {
      const field = this.#org.schema.field(object.name, name.trim())
      if (!field) throw noSuchColumn(name.trim(), object)
      return field
    })
  }

  /** A live record by its Id. */
  byId(object: ObjectSchema, id: string): StoredRow {
    if (!isIdShaped(id)) throw noSuchExternalIdField(id)
    const row = this.#org.records.get(object.name, id, { includeDeleted: true })
    if (!row) throw notFound()
    if (row.IsDeleted === 1) throw entityIsDeleted()
    return row
  }

  /** The one live record whose external id field holds the text; several throw MultipleMatchesError. */
  byExternalId(object: ObjectSchema, fieldName: string, text: string): StoredRow {
    const field = this.#externalIdField(object, fieldName)
    if (field.name === 'Id') return this.byId(object, text)
    const rows = this.#org.records.findBy(object.name, field.name, fromJson(field, text))
    if (rows.length > 1)
      throw new MultipleMatchesError(
        field.name,
        rows.map((row) => String(row.Id)),
      )
    if (!rows[0]) throw notFound()
    return rows[0]
  }

  create(object: ObjectSchema, body: JsonRecord): string {
    return this.#org.records.insert(object.name, fromJsonRecord(this.#org.schema, object, body))
  }

  /** What Salesforce has to say about a create that succeeded. */
  createNotes(object: ObjectSchema, id: string): ErrorEntry[] {
    return createNotes(this.#org.records, object, id)
  }

  update(object: ObjectSchema, id: string, body: JsonRecord): void {
    this.byId(object, id)
    if (namesField(body, 'Id')) throw fieldNotInBody('Id')
    this.#org.records.update(object.name, id, fromJsonRecord(this.#org.schema, object, body))
  }

  /** Updates or creates by external id; `updateOnly` turns the creation into a 404. */
  upsert(
    object: ObjectSchema,
    fieldName: string,
    text: string,
    body: JsonRecord,
    updateOnly: boolean,
  ): { id: string; created: boolean } {
    const field = this.#externalIdField(object, fieldName)
    if (namesField(body, field.name)) throw fieldNotInBody(field.name)
    if (namesField(body, 'Id')) throw fieldNotInBody('Id')
    const value: StoredValue = fromJson(field, text)
    if (field.name === 'Id' || updateOnly) this.byExternalId(object, field.name, text)
    return this.#org.records.upsert(object.name, field.name, value, fromJsonRecord(this.#org.schema, object, body))
  }

  delete(object: ObjectSchema, id: string): void {
    this.#org.records.delete(object.name, id)
  }

  /** True where `first` of an address `{object}/{first}/{second}` is a record's Id and not the name of a field. */
  startsAtRecord(object: ObjectSchema, first: string): boolean {
    return isIdShaped(first) && !this.#org.schema.field(object.name, first)
  }

  /** True where an object has a base64 field of that name. */
  isBlob(object: ObjectSchema, fieldName: string): boolean {
    return this.#org.schema.field(object.name, fieldName)?.type === 'base64'
  }

  /** The key of the bytes in a base64 field, and what they are by the record's ContentType. */
  blob(object: ObjectSchema, id: string, fieldName: string): { key: string; contentType: string } {
    const row = this.byId(object, id)
    const field = this.#org.schema.field(object.name, fieldName)
    const key = field && row[field.name]
    if (typeof key !== 'string') throw notFound()
    return { key, contentType: String(row.ContentType ?? 'application/octetstream') }
  }

  /** What the relationship names after a record's Id lead to. */
  related(object: ObjectSchema, id: string, names: readonly string[]): Related {
    return follow(this.#org, object, this.byId(object, id), names)
  }

  #externalIdField(object: ObjectSchema, name: string): FieldSchema {
    const field = this.#org.schema.field(object.name, name)
    if (!field?.idLookup) throw noSuchExternalIdField(name)
    return field
  }
}

function namesField(body: JsonRecord, name: string): boolean {
  return Object.keys(body).some((key) => key.toLowerCase() === name.toLowerCase())
}
