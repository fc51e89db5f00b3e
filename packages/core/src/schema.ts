/**
 * Types that a program gives its client: `new Salesforce<Org>({ ... })`. An entry is either a plain record type
 * (`Account: { Id: string; Name: string }`) or an {@link ObjectType}, which `npx @forcewire/core types` writes from
 * describe and which tells reading from writing.
 *
 * It is `object` and not a record of `unknown`, since an `interface` has no index signature.
 */
export type Schema = object

/** What is known about one object. */
export interface ObjectType {
  /** All fields as they are read. */
  readonly record: object
  /** Fields that may be given when a record is created; the required ones are not optional. */
  readonly create: object
  /** Fields that may be changed. */
  readonly update: object
  /** Names of the fields that name a record in upsert and by-external-ID calls. */
  readonly externalIds: string
  /** Object names by the relationship under which the records hold their child records: `{ Contacts: 'Contact' }`. */
  readonly children?: object
}

/** A record as it is read. */
export type RecordOf<T> = T extends ObjectType ? T['record'] : T

/** Names of the fields of a record. */
export type FieldOf<T> = keyof RecordOf<T> & string

/** Fields of a record that is created. */
export type CreateOf<T> = T extends ObjectType ? T['create'] : FieldsToWrite<T>

/** Fields of a record that is changed. */
export type UpdateOf<T> = T extends ObjectType ? T['update'] : FieldsToWrite<T>

/** One external ID field with its value: `{ External_Id__c: 'A-1' }`. */
export type ExternalIdOf<T> = T extends ObjectType
  ? { [K in T['externalIds']]: { readonly [P in K]: string | number | boolean } }[T['externalIds']]
  : { readonly [K in FieldOf<T>]?: string | number | boolean }

/** Names one record: its Id, or one external ID field with its value. */
export type RecordKeyOf<T> = string | ExternalIdOf<T>

/** Every field optional, null to empty it, and moments and bytes where texts are read. */
export type FieldsToWrite<T> = { readonly [K in keyof T]?: ValueToWrite<T[K]> }

/** Field name -> value, where nothing is known of the object. An `interface` of one's own is good enough. */
export type AnyFields = FieldsToWrite<Record<string, unknown>>

/**
 * A value as it may be written: bytes become base64, `null` empties the field, and a `Date` becomes ISO text in UTC, for
 * fields of type dateTime; a field of type date takes text such as `2026-11-22`. Of a field that is not known anything
 * may be written.
 */
// biome-ignore lint/suspicious/noExplicitAny: the caller's own interfaces fit an index signature of any, but not of unknown
export type ValueToWrite<V> = unknown extends V ? any : V | null | (string extends V ? Date | Uint8Array : never)
