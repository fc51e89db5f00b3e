import { builtInType, isName, isValidDate, kindOf, readable, refuse } from '../check.ts'
import { isReference, referenceIdsIn } from '../composite/reference.ts'
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
    const members = membersOf(name, fields)
    return checkedMembers(object, members, [members], { fields: true, references })
  })
}

/**
 * The object that holds the fields of a record: the record itself, or what its `toJSON()` gives.
 *
 * @throws ConfigurationError when it is none.
 */
export function membersOf(option: string, record: unknown): RecordFields {
  const knowsJson = isPlain(record) && typeof record.toJSON === 'function'
  const members: unknown = knowsJson ? (record.toJSON as () => unknown)() : record
  return isPlain(members) ? members : refuse(option, 'an object of field values', members)
}

function isPlain(value: unknown): value is RecordFields {
  return typeof value === 'object' && value !== null && builtInType(value) === 'Object'
}

/**
 * The body of an upsert: the record without the external ID field, which Salesforce takes from the path and refuses
 * in the body. The caller's object is left alone.
 *
 * @throws ConfigurationError when the record names another value than the key.
 */
export function upsertBody(object: string, field: string, value: string, fields: RecordFields): RecordFields {
  let body = fields
  for (const [own, ownValue] of Object.entries(fields)) {
    // Salesforce does not tell field names apart by case.
    if (own.toLowerCase() !== field.toLowerCase()) continue
    const shown = typeof ownValue === 'object' ? kindOf(ownValue) : `'${String(ownValue)}'`
    if (ownValue !== undefined && shown !== `'${value}'`) {
      throw new ConfigurationError(
        `The record of ${object} has ${own} ${shown}, but the key says '${value}'; make them agree or leave one out.`,
      )
    }
    const { [own]: _, ...others } = body
    body = others
  }
  return body
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
  // `entries` of a list tells its holes too.
  for (const [name, value] of list ? members.entries() : Object.entries(members)) {
    if (!list) checkMemberName(path, name as string, rules)
    const place = list ? `${path}[${name}]` : `${path}.${name}`
    if (list && value === undefined) refuseField(place, 'undefined')
    const checked = checkedValue(place, value, parents, rules)
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
  if (typeof value === 'string') return checkedString(path, value, rules)
  if (typeof value === 'boolean' || value === null || value === undefined) return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : refuseField(path, `the number ${value}`)
  if (typeof value !== 'object') return refuseField(path, kindOf(value))
  const kind = builtInType(value)
  if (kind === 'Uint8Array') return base64(value as Uint8Array)
  if (kind === 'Date') return isValidDate(value) ? value : refuseField(path, kindOf(value))
  if (parents.includes(value)) return refuseField(path, 'an object that holds itself')
  if (isReference(value)) {
    return rules.references ? value : refuseField(path, 'a reference to a subrequest of a composite or graph call')
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return (
      checkedValue(path, value.toJSON(), [...parents, value], rules) ?? refuseField(path, 'an object without a value')
    )
  }
  if (kind === 'Array' || kind === 'Object') return checkedMembers(path, value, [...parents, value], rules)
  return refuseField(path, kindOf(value))
}

function checkedString(path: string, text: string, rules: BodyRules): string {
  if (!text.isWellFormed()) return refuseField(path, kindOf(text))
  // Text of users that looks like a reference would bring the values of other subrequests into the record.
  if (!rules.fields || !rules.references || referenceIdsIn(text).length === 0) return text
  throw new ConfigurationError(
    `${path} holds '@{...}', which Salesforce reads as a reference to another subrequest; give what ref() makes, or send such text by a call of its own.`,
  )
}

function refuseField(path: string, kind: string): never {
  throw new ConfigurationError(
    `${path} is ${kind}, which cannot be sent; give text, a finite number, true or false, a valid Date, bytes, or null to empty the field.`,
  )
}
