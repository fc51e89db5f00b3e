import { builtInType, isName, isValidDate, kindOf, readable, refuse } from '../check.ts'
import { isReference } from '../composite/reference.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { base64 } from './base64.ts'

/**
 * Field values by field name. `undefined` is not sent; `null` empties the field; bytes are sent as base64. A `Date` is a
 * moment and is sent as ISO text in UTC, for fields of type dateTime; a field of type date takes a day, which is text
 * such as `2026-11-22`, or an object whose `toJSON()` gives that (`Temporal.PlainDate`). A relationship may hold an
 * object: `{ Account: { External_Id__c: 'A-1' } }`.
 */
export type RecordFields = Readonly<Record<string, unknown>>

/** What may stand in a body. */
interface BodyRules {
  /** Members are fields and relationships, so that their names are API names. */
  readonly fields: boolean
  /** Values may be references, since the body goes into a call that knows what they refer to. */
  readonly references: boolean
}

/**
 * A record as it can be sent: bytes become base64, everything else stays. Values that `JSON.stringify` would lose
 * (functions, maps) or turn into `null`, which empties a field in Salesforce (invalid dates, `NaN`), are refused, and so
 * are names that no field can have.
 *
 * @param references - Whether values may be references to other subrequests.
 * @throws ConfigurationError that names the field.
 */
export function checkedFields(object: string, fields: unknown, references = false): RecordFields {
  const name = `A record of ${object}`
  return readable(name, () => {
    if (typeof fields === 'object' && fields !== null && builtInType(fields) === 'Object') {
      return checkedMembers(object, fields as RecordFields, [fields], { fields: true, references })
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
export function checkedJson(path: string, value: unknown, references = false): unknown {
  return readable(path, () => checkedValue(path, value, [], { fields: false, references }))
}

/** Copies only what must change: most records are sent as they were given. */
function checkedMembers<T extends object>(path: string, members: T, parents: readonly object[], rules: BodyRules): T {
  let changed: Record<string, unknown> | undefined
  const list = Array.isArray(members)
  for (const [name, value] of Object.entries(members)) {
    if (!list) checkMemberName(path, name, rules)
    const checked = checkedValue(list ? `${path}[${name}]` : `${path}.${name}`, value, parents, rules)
    if (checked === value) continue
    changed ??= (list ? [...members] : { ...members }) as Record<string, unknown>
    changed[name] = checked
  }
  return (changed ?? members) as T
}

function checkMemberName(path: string, name: string, { fields }: BodyRules): void {
  if (fields ? isName(name) : name.isWellFormed()) return
  const accepted = fields ? 'an API name (a letter, then letters, digits and underscores)' : 'whole characters'
  throw new ConfigurationError(
    `${path} has a member '${name.toWellFormed()}'; the name of a member must be ${accepted}.`,
  )
}

function checkedValue(path: string, value: unknown, parents: readonly object[], rules: BodyRules): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : refuseField(path, kindOf(value))
  if (typeof value === 'boolean' || value === null || value === undefined) return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : refuseField(path, `the number ${value}`)
  if (typeof value !== 'object') return refuseField(path, kindOf(value))
  const kind = builtInType(value)
  if (kind === 'Uint8Array') return base64(value as Uint8Array)
  if (kind === 'Date') return isValidDate(value) ? value : refuseField(path, 'an invalid date')
  if (parents.includes(value)) return refuseField(path, 'an object that holds itself')
  if (isReference(value)) {
    return rules.references ? value : refuseField(path, 'a reference to a subrequest of a composite or graph call')
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    // Asked now, so that what it gives is checked; JSON asks again.
    if (checkedValue(path, value.toJSON(), [...parents, value], rules) == null)
      refuseField(path, 'an object without a value')
    return value
  }
  if (kind === 'Array' || kind === 'Object') return checkedMembers(path, value, [...parents, value], rules)
  return refuseField(path, kindOf(value))
}

function refuseField(path: string, kind: string): never {
  throw new ConfigurationError(
    `${path} is ${kind}, which cannot be sent; give text, a finite number, true or false, a valid Date, bytes, or null to empty the field.`,
  )
}
