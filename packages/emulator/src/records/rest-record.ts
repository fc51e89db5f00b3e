import type { FieldSchema, ObjectSchema, StoredRow, StoredValue } from '../schema/types.ts'
import { restDateTime } from './date-values.ts'

/** The JSON value of a stored one: booleans as such, date-times with `+0000`, everything else as it is. */
export function toRest(field: FieldSchema, value: StoredValue): string | number | boolean | null {
  if (value === null) return null
  if (field.type === 'boolean') return value === 1
  return field.type === 'datetime' ? restDateTime(String(value)) : value
}

/**
 * The value of a compound address: its parts without the prefix, or null when every part is empty. As recorded at v62.0,
 * `countryCode` and `stateCode` are among them, null in an org without state and country picklists.
 */
export function toRestAddress(field: FieldSchema, row: Readonly<StoredRow>): object | null {
  const prefix = field.name.slice(0, -'Address'.length)
  const part = (name: string): StoredValue => row[prefix + name] ?? null
  const address = {
    city: part('City'),
    country: part('Country'),
    countryCode: part('CountryCode'),
    geocodeAccuracy: part('GeocodeAccuracy'),
    latitude: part('Latitude'),
    longitude: part('Longitude'),
    postalCode: part('PostalCode'),
    state: part('State'),
    stateCode: part('StateCode'),
    street: part('Street'),
  }
  return Object.values(address).some((value) => value !== null) ? address : null
}

/** A record as REST shows it; `fields` picks and orders, all of them when absent. `version` is `NN.0`. */
export function toRestRecord(
  object: ObjectSchema,
  row: Readonly<StoredRow>,
  version: string,
  fields: readonly FieldSchema[] = object.fields,
): Record<string, unknown> {
  const record: Record<string, unknown> = {
    attributes: { type: object.name, url: recordPath(object, String(row.Id), version) },
  }
  for (const field of fields) record[field.name] = restValue(object, row, version, field)
  if (!fields.some((field) => field.name === 'Id')) record.Id = row.Id
  return record
}

function restValue(object: ObjectSchema, row: Readonly<StoredRow>, version: string, field: FieldSchema): unknown {
  const value = row[field.name] ?? null
  if (field.type === 'address') return toRestAddress(field, row)
  // Salesforce shows where the bytes are, not the bytes (REST API Developer Guide, "sObject Blob Get").
  if (field.type === 'base64' && value !== null) return `${recordPath(object, String(row.Id), version)}/${field.name}`
  return toRest(field, value)
}

/** Path of a record's own resource. */
export function recordPath(object: ObjectSchema, id: string, version: string): string {
  return `/services/data/v${version}/sobjects/${object.name}/${id}`
}
