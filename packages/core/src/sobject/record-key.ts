import { refuse } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'

/** Names one record: its Id, or one external ID field with its value: `{ External_Id__c: 'A-1' }`. */
export type RecordKey = string | ExternalIdKey

/** One external ID field with its value. */
export type ExternalIdKey = Readonly<Record<string, string | number | boolean>>

/**
 * The path parts that name a record: `['001...']` or `['External_Id__c', 'A-1']`.
 *
 * @throws ConfigurationError for anything that is no {@link RecordKey}.
 */
export function keyParts(key: unknown): readonly string[] {
  return typeof key === 'object' && key !== null ? externalIdParts(key) : [recordId(key)]
}

/** The Id of a record, where nothing else names it. */
export function recordId(id: unknown): string {
  if (typeof id === 'string' && id.trim() !== '') return id
  return refuse('The Id of the record', 'a text that is not empty', id)
}

/** Field and value of an external ID key. */
export function externalIdParts(key: unknown): readonly [field: string, value: string] {
  const entries = typeof key === 'object' && key !== null ? Object.entries(key) : []
  const [entry] = entries
  if (entries.length !== 1 || entry === undefined) {
    throw new ConfigurationError(
      "A record is named by its Id or by one external ID field with its value, such as { External_Id__c: 'A-1' }.",
    )
  }
  const [field, value] = entry as [string, unknown]
  if (field.trim() === '') throw new ConfigurationError('The name of the external ID field is empty.')
  const fits = typeof value === 'boolean' || Number.isFinite(value) || (typeof value === 'string' && value !== '')
  if (!fits)
    refuse(`The value of the external ID field ${field}`, 'a text that is not empty, a number or a flag', value)
  return [field, String(value)]
}
