import type { Org } from '../org/org.ts'
import type { ChildRelationship, FieldSchema, ObjectSchema, StoredRow } from '../schema/types.ts'
import { notFound } from './errors.ts'

/** Where a path of relationship names ends: at one parent record, or at the children of a record. */
export type Related =
  | { readonly kind: 'record'; readonly object: ObjectSchema; readonly row: StoredRow }
  | {
      readonly kind: 'children'
      readonly object: ObjectSchema
      readonly soql: (fields: readonly FieldSchema[]) => string
    }

/** As many parents as a query may climb (SOQL and SOSL Reference, "Understanding Relationship Query Limitations"). */
const MAX_PARENTS = 5

/**
 * Follows relationship names (`Account`, `Owner`, at the end perhaps `Contacts`) from a record. No parent, a deleted one
 * and an unknown name are all 404; a record without children has an empty list of them.
 *
 * Source: REST API Developer Guide, "sObject Relationships" and "Traverse Relationships with Friendly URLs".
 */
export function follow(org: Org, from: ObjectSchema, row: StoredRow, names: readonly string[]): Related {
  let object = from
  let record = row
  for (const [index, name] of names.entries()) {
    const children = org.schema.childRelationship(object.name, name)
    if (children && index === names.length - 1) return childrenOf(org, record, children)
    const parent = index < MAX_PARENTS ? parentOf(org, object, record, name) : undefined
    if (!parent) throw notFound()
    object = parent.object
    record = parent.row
  }
  return { kind: 'record', object, row: record }
}

function parentOf(
  org: Org,
  object: ObjectSchema,
  row: StoredRow,
  name: string,
): { object: ObjectSchema; row: StoredRow } | undefined {
  const reference = org.schema.parentField(object.name, name)
  const id = reference && row[reference.name]
  const parent = id ? org.schema.objectOfId(String(id)) : undefined
  const found = parent && org.records.get(parent.name, String(id))
  return parent && found && { object: parent, row: found }
}

function childrenOf(org: Org, row: StoredRow, { childSObject, field }: ChildRelationship): Related {
  const object = org.schema.object(childSObject)
  if (!object) throw notFound()
  const soql = (fields: readonly FieldSchema[]): string =>
    `SELECT ${fields.map(({ name }) => name).join(', ')} FROM ${object.name} WHERE ${field} = '${row.Id}' ORDER BY Id`
  return { kind: 'children', object, soql }
}
