import type { RecordError } from '../errors.ts'
import { noSuchColumn } from '../records/json-record.ts'
import type { OrgSchema } from '../schema/org-schema.ts'
import type { ObjectSchema } from '../schema/types.ts'
import { type JsonObject, jsonObject } from '../server/request-shape.ts'
import { badTree, duplicateReference, invalidEntityType } from './errors.ts'

/** One record to create, with the parent that it hangs on. */
export interface TreeNode {
  readonly referenceId: string
  readonly object: ObjectSchema
  /** Its own fields, without children. */
  readonly fields: JsonObject
  /** The reference that leads to the parent; undefined for a root. */
  readonly parent: { readonly node: TreeNode; readonly field: string } | undefined
}

/** A record that cannot be created, found before any is. */
export interface Refusal {
  readonly referenceId: string
  readonly error: RecordError
}

/** What is read of a call. */
export interface Tree {
  /** The roots, then their children, and so on down: the order of creation and of the answer. */
  readonly levels: readonly (readonly TreeNode[])[]
  readonly refusals: readonly Refusal[]
}

/** Limits of one call (REST API Developer Guide, "sObject Tree"). */
const MOST_RECORDS = 200
const MOST_LEVELS = 5
const MOST_TYPES = 5

/** Where a list of records stands: what they must be, and what they hang on. */
interface Place {
  readonly object: ObjectSchema
  readonly records: readonly unknown[]
  readonly parent: TreeNode['parent']
}

/** Reads the records of a call level by level; throws where the call as a whole cannot be taken. */
export function readTree(schema: OrgSchema, object: ObjectSchema, records: readonly unknown[]): Tree {
  const levels: TreeNode[][] = []
  const refusals: Refusal[] = []
  let places: Place[] = [{ object, records, parent: undefined }]
  while (places.length > 0) {
    const children: Place[] = []
    const level = places.flatMap((place) =>
      place.records.map((record) => readNode(schema, place, record, children, refusals)),
    )
    levels.push(level)
    places = children
  }
  const nodes = levels.flat()
  checkLimits(levels, nodes)
  return { levels, refusals: [...refusals, ...duplicates(nodes)] }
}

function readNode(
  schema: OrgSchema,
  { object, parent }: Place,
  record: unknown,
  children: Place[],
  refusals: Refusal[],
): TreeNode {
  const { attributes, ...values } = jsonObject(record, 'records')
  const { type, referenceId } = jsonObject(attributes ?? {}, 'attributes')
  if (typeof type !== 'string' || typeof referenceId !== 'string' || !/^[A-Za-z0-9]/.test(referenceId)) {
    throw badTree(
      'Include the attributes type and referenceId in each record; a referenceId starts with a letter or a number',
    )
  }
  if (schema.object(type) !== object || !object.createable)
    refusals.push({ referenceId, error: invalidEntityType(type) })
  const fields = Object.entries(values).filter(([, value]) => !isChildList(value))
  const node: TreeNode = { referenceId, object, fields: Object.fromEntries(fields), parent }
  for (const [name, value] of Object.entries(values)) {
    if (!isChildList(value)) continue
    const relationship = schema.childRelationship(object.name, name)
    const child = relationship && schema.object(relationship.childSObject)
    if (child) children.push({ object: child, records: value.records, parent: { node, field: relationship.field } })
    else refusals.push({ referenceId, error: noSuchColumn(name, object) })
  }
  return node
}

function isChildList(value: unknown): value is { records: unknown[] } {
  return typeof value === 'object' && value !== null && Array.isArray((value as { records?: unknown }).records)
}

function checkLimits(levels: readonly unknown[], nodes: readonly TreeNode[]): void {
  const types = new Set(nodes.map((node) => node.object))
  if (nodes.length > MOST_RECORDS) throw badTree(`The request can't contain more than ${MOST_RECORDS} records`)
  if (levels.length > MOST_LEVELS) throw badTree(`The request can't contain trees of more than ${MOST_LEVELS} levels`)
  if (types.size > MOST_TYPES) throw badTree(`The request can't contain records of more than ${MOST_TYPES} types`)
}

/** Every record that shares its reference ID with another one. */
function duplicates(nodes: readonly TreeNode[]): Refusal[] {
  const times = new Map<string, number>()
  for (const { referenceId } of nodes) times.set(referenceId, (times.get(referenceId) ?? 0) + 1)
  return nodes
    .filter(({ referenceId }) => (times.get(referenceId) ?? 0) > 1)
    .map(({ referenceId }) => ({ referenceId, error: duplicateReference() }))
}
