import { ConfigurationError } from '../errors/configuration-error.ts'

/** Names one record: its Id, or one external ID field with its value: `{ External_Id__c: 'A-1' }`. */
export type RecordKey = string | ExternalIdKey

/** One external ID field with its value. */
export type ExternalIdKey = Readonly<Record<string, string | number | boolean>>

/** The path parts that name a record: `['001...']` or `['External_Id__c', 'A-1']`. */
export function keyParts(key: RecordKey): readonly string[] {
  if (typeof key === 'object' && key !== null) return externalIdParts(key)
  if (typeof key === 'string' && key.trim() !== '') return [key]
  throw new ConfigurationError('The Id of the record is empty.')
}

/** Field and value of an external ID key. */
export function externalIdParts(key: ExternalIdKey): readonly [field: string, value: string] {
  const entries = typeof key === 'object' && key !== null ? Object.entries(key) : []
  const [entry] = entries
  if (entries.length !== 1 || entry === undefined) {
    throw new ConfigurationError(
      "A record is named by its Id or by one external ID field with its value, such as { External_Id__c: 'A-1' }.",
    )
  }
  const [field, value] = entry
  if (field.trim() === '') throw new ConfigurationError('The name of the external ID field is empty.')
  if (value === undefined || value === null || String(value) === '') {
    throw new ConfigurationError(`The value of the external ID field ${field} is empty.`)
  }
  return [field, String(value)]
}
