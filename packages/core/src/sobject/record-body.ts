import { builtInType, isValidDate, kindOf, readable, refuse } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { base64 } from './base64.ts'

/**
 * Field values by field name. `undefined` is not sent; `null` empties the field; dates are sent as ISO text in UTC,
 * bytes as base64. A relationship may hold an object: `{ Account: { External_Id__c: 'A-1' } }`.
 */
export type RecordFields = Readonly<Record<string, unknown>>

/**
 * A record as it can be sent: bytes become base64, everything else stays. Values that `JSON.stringify` would lose
 * (functions, maps) or turn into `null`, which empties a field in Salesforce (invalid dates, `NaN`), are refused.
 *
 * @throws ConfigurationError that names the field.
 */
export function checkedFields(object: string, fields: unknown): RecordFields {
  const name = `A record of ${object}`
  return readable(name, () => {
    if (typeof fields === 'object' && fields !== null && builtInType(fields) === 'Object') {
      return checkedMembers(object, fields as RecordFields, [fields])
    }
    return refuse(name, 'an object of field values', fields)
  })
}

/**
 * The body of an upsert: the record without the external ID field, which Salesforce takes from the path and refuses
 * in the body. The caller's object is left alone.
 *
 * @throws ConfigurationError when the record names another value than the key.
 */
export function upsertBody(object: string, field: string, value: string, fields: RecordFields): RecordFields {
  // Salesforce does not tell field names apart by case.
  const own = Object.keys(fields).find((name) => name.toLowerCase() === field.toLowerCase())
  if (own === undefined) return fields
  const { [own]: ownValue, ...others } = fields
  const shown = typeof ownValue === 'object' ? kindOf(ownValue) : `'${String(ownValue)}'`
  if (ownValue !== undefined && shown !== `'${value}'`) {
    throw new ConfigurationError(
      `The record of ${object} has ${own} ${shown}, but the key says '${value}'; make them agree or leave one out.`,
    )
  }
  return others
}

/**
 * Any value as it can be sent as JSON, by the rules of a record's fields. A list, a text, a number and the like are
 * bodies as well.
 *
 * @throws ConfigurationError that names the member.
 */
export function checkedJson(path: string, value: unknown): unknown {
  return readable(path, () => checkedValue(path, value, []))
}

/** Copies only what must change: most records are sent as they were given. */
function checkedMembers<T extends object>(path: string, members: T, parents: readonly object[]): T {
  let changed: Record<string, unknown> | undefined
  const list = Array.isArray(members)
  for (const [name, value] of Object.entries(members)) {
    const checked = checkedValue(list ? `${path}[${name}]` : `${path}.${name}`, value, parents)
    if (checked === value) continue
    changed ??= (list ? [...members] : { ...members }) as Record<string, unknown>
    changed[name] = checked
  }
  return (changed ?? members) as T
}

function checkedValue(path: string, value: unknown, parents: readonly object[]): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null || value === undefined) return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : refuseField(path, `the number ${value}`)
  if (typeof value !== 'object') return refuseField(path, kindOf(value))
  const kind = builtInType(value)
  if (kind === 'Uint8Array') return base64(value as Uint8Array)
  if (kind === 'Date') return isValidDate(value) ? value : refuseField(path, 'an invalid date')
  if (parents.includes(value)) return refuseField(path, 'an object that holds itself')
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    // Asked now, so that what it gives is checked; JSON asks again.
    if (checkedValue(path, value.toJSON(), [...parents, value]) == null) refuseField(path, 'an object without a value')
    return value
  }
  if (kind === 'Array' || kind === 'Object') return checkedMembers(path, value, [...parents, value])
  return refuseField(path, kindOf(value))
}

function refuseField(path: string, kind: string): never {
  throw new ConfigurationError(
    `${path} is ${kind}, which cannot be sent; give text, a finite number, true or false, a valid Date, bytes, or null to empty the field.`,
  )
}
