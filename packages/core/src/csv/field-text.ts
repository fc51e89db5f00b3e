import { isValidDate, kindOf } from '../check.ts'
import { isReference } from '../composite/reference.ts'

/**
 * Writes a value the way Bulk API 2.0 reads it ("Valid Date Format in Records", "Relationship Fields in a Header Row"):
 *
 * | value | text |
 * | --- | --- |
 * | `undefined` | empty: Salesforce leaves the field alone |
 * | `null` | `#N/A`: Salesforce empties the field |
 * | string | as it is (so `''` leaves the field alone as well) |
 * | boolean, bigint, finite number | `true`, `12`, `1.5` |
 * | `Date` | `2026-05-01T07:25:37.000Z`, for fields of type dateTime; one of type date takes text such as `2026-05-01` |
 * | array | its items joined by `;`: a multi-select picklist; an empty one is `#N/A`, since nothing is selected |
 * | object with `toJSON()` (a Luxon `DateTime`, a decimal) | what that answers |
 *
 * @throws TypeError for anything else, saying what it is.
 */
export function fieldText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      if (value.isWellFormed()) return value
      throw new TypeError('a text with half a character (a lone surrogate) cannot be sent to Salesforce')
    case 'undefined':
      return ''
    case 'boolean':
    case 'bigint':
      return String(value)
    case 'number':
      if (Number.isFinite(value)) return String(value)
      throw new TypeError(`the number ${value} cannot be sent to Salesforce`)
    case 'object':
      return objectText(value)
    default:
      throw new TypeError(`a ${typeof value} cannot be sent to Salesforce`)
  }
}

function objectText(value: object | null): string {
  if (value === null) return '#N/A'
  if (value instanceof Date) {
    if (isValidDate(value)) return value.toISOString()
    throw new TypeError(`${kindOf(value)} cannot be sent to Salesforce`)
  }
  if (isReference(value)) throw new TypeError('a reference means something in its own composite or graph call only')
  if (Array.isArray(value)) return value.length === 0 ? '#N/A' : Array.from(value, itemText).join(';')
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    const json: unknown = value.toJSON()
    if (typeof json !== 'object' || json === null) return fieldText(json)
  }
  throw new TypeError('an object is neither a date nor a relationship such as { Owner: { External_Id__c: "1" } }')
}

function itemText(item: unknown): string {
  if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean') return fieldText(item)
  throw new TypeError('a list of picklist values holds something that is not a text')
}
