import { checkedId, kindOf } from '../check.ts'
import { isReference } from '../composite/reference.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { checkedFields, type RecordFields } from '../sobject/record-body.ts'

/**
 * A record as collections send it: its fields, behind the name of its object. Values may be `references` in a composite.
 */
export function recordToCreate(object: string, record: unknown, index: number, references = false): RecordFields {
  const { attributes, ...fields } = checkedFields(`${object}[${index}]`, record, references)
  const type = (attributes as { readonly type?: unknown } | null | undefined)?.type
  // Records that a query gave carry the name of their object.
  if (type === undefined || String(type).toLowerCase() === object.toLowerCase()) {
    return { attributes: { type: object }, ...fields }
  }
  const other = typeof type === 'string' ? type : kindOf(type)
  throw new ConfigurationError(`The record ${index} is one of ${other}, but the collection is of ${object}.`)
}

/** The same for a record that exists, which holds its Id. */
export function recordToUpdate(object: string, record: unknown, index: number, references = false): RecordFields {
  const fields = recordToCreate(object, record, index, references)
  const id = fieldOf(fields, 'Id')
  if (!isReference(id)) checkedId(`Id of the record ${index}`, id)
  return fields
}

/** The same for a record that holds the external ID by which it is found. By `Id` a record without one is created. */
export function recordToUpsert(
  object: string,
  field: string,
  record: unknown,
  index: number,
  references = false,
): RecordFields {
  const fields = recordToCreate(object, record, index, references)
  const value = fieldOf(fields, field)
  if (isIdField(field) || (value !== undefined && value !== null && value !== '')) return fields
  throw new ConfigurationError(`The record ${index} has no value of the external ID field ${field}.`)
}

/** Whether an upsert goes by Salesforce's own Id. */
export function isIdField(field: string): boolean {
  return field.toLowerCase() === 'id'
}

/** Salesforce does not tell names of fields apart by case. */
function fieldOf(record: RecordFields, field: string): unknown {
  if (Object.hasOwn(record, field)) return record[field]
  const name = Object.keys(record).find((key) => key.toLowerCase() === field.toLowerCase())
  return name === undefined ? undefined : record[name]
}
