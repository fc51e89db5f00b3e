import { builtInType, checkedId, checkedName, readable, refuse } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { checkedPathPart } from '../http/path.ts'

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
  return checkedId('The Id of the record', id)
}

const keyName = 'The key of the record'

function isPlain(key: unknown): key is object {
  return typeof key === 'object' && key !== null && builtInType(key) === 'Object'
}

/** Field and value of an external ID key; `textOf` turns a value that stands for another into its text. */
export function externalIdParts(
  key: unknown,
  textOf: (value: unknown) => unknown = (value) => value,
): readonly [field: string, value: string] {
  const entries = readable(keyName, () => (isPlain(key) ? Object.entries(key) : []))
  const [entry, other] = entries
  if (entry === undefined) {
    return refuse(keyName, "its Id, or one external ID field with its value such as { External_Id__c: 'A-1' }", key)
  }
  if (other !== undefined) {
    throw new ConfigurationError(`${keyName} must be one external ID field with its value, but has ${entries.length}.`)
  }
  const field = checkedName('The name of the external ID field', entry[0])
  const option = `The value of the external ID field ${field}`
  const value = textOf(entry[1])
  if (typeof value === 'string') return [field, checkedPathPart(option, value)]
  if (typeof value === 'boolean' || Number.isFinite(value)) return [field, String(value)]
  return refuse(option, 'a text that is not empty, a number or a flag', value)
}
