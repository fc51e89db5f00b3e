import { field } from './fields.ts'
import { auditFields } from './system-fields.ts'
import type { FieldSchema, FieldType, ObjectSchema, PicklistValue } from './types.ts'

/** What of a describe decides behaviour; the answer of `sobjects/{object}/describe` of any org is one. */
export interface ObjectDescribe {
  readonly name: string
  readonly label: string
  readonly labelPlural: string
  readonly keyPrefix: string | null
  readonly custom: boolean
  readonly createable: boolean
  readonly updateable: boolean
  readonly deletable: boolean
  readonly searchable: boolean
  readonly fields: readonly FieldDescribe[]
  readonly childRelationships?: readonly ChildDescribe[]
}

/** One field of a describe. Keys that old versions lack have the usual value. */
export type FieldDescribe = Pick<FieldSchema, 'name' | 'label'> &
  Partial<Omit<FieldSchema, 'type' | 'picklistValues' | 'childRelationshipName'>> & {
    readonly type: string
    readonly picklistValues?: readonly (PicklistValue & { readonly active: boolean })[]
  }

interface ChildDescribe {
  readonly childSObject: string
  readonly field: string
  readonly relationshipName: string | null
}

/** Every type that a field may have. */
export const FIELD_TYPES: ReadonlySet<string> = new Set<FieldType>([
  'id',
  'reference',
  'string',
  'textarea',
  'phone',
  'url',
  'email',
  'picklist',
  'multipicklist',
  'boolean',
  'int',
  'double',
  'currency',
  'percent',
  'date',
  'datetime',
  'address',
  'base64',
])

/** Types that the emulator keeps as a kindred one; whatever else there is becomes text. */
const KINDRED: Readonly<Record<string, FieldType>> = { combobox: 'picklist', long: 'int' }

/** True for what looks like the describe of an object. */
export function isObjectDescribe(value: unknown): value is ObjectDescribe {
  const describe = value as Partial<ObjectDescribe> | null
  return typeof describe === 'object' && typeof describe?.name === 'string' && Array.isArray(describe.fields)
}

/**
 * The object that a describe tells of. Fields that only the object of the demo org has stay, so that its seed and its
 * rules go on working; so do the fields of who wrote a record when, which no record here is without.
 *
 * @param children name of the relationship from the parent by `Object.Field`, as the parents' describes tell it.
 */
export function describedObject(
  describe: ObjectDescribe,
  children: ReadonlyMap<string, string | null>,
  demo: ObjectSchema | undefined,
  keyPrefix: string,
): ObjectSchema {
  const fields = describe.fields.map((one) => describedField(one, children.get(`${describe.name}.${one.name}`) ?? null))
  const known = new Set(fields.map(({ name }) => name.toLowerCase()))
  const { name, label, labelPlural, custom, createable, updateable, deletable, searchable } = describe
  const left = (demo?.fields ?? auditFields()).filter((one) => !known.has(one.name.toLowerCase()))
  return {
    ...demo,
    ...{ name, label, labelPlural, keyPrefix, custom, createable, updateable, deletable, searchable },
    fields: [...fields, ...left],
    described: ownWords(describe),
  }
}

/** Names of child relationships by `Object.Field`, from the describes of the parents. */
export function childNames(describes: readonly ObjectDescribe[]): Map<string, string | null> {
  const relationships = describes.flatMap((describe) => describe.childRelationships ?? [])
  return new Map(relationships.map((child) => [`${child.childSObject}.${child.field}`, child.relationshipName]))
}

/** An object whose references are known to their parents by the names that the parents' describes tell. */
export function withChildNames(object: ObjectSchema, children: ReadonlyMap<string, string | null>): ObjectSchema {
  const fields = object.fields.map((one) => {
    const childRelationshipName = children.get(`${object.name}.${one.name}`)
    return childRelationshipName ? { ...one, childRelationshipName } : one
  })
  return { ...object, fields }
}

/** What a describe says of the object itself: neither its fields nor where it was asked. */
function ownWords(describe: ObjectDescribe): Readonly<Record<string, unknown>> {
  const { fields, urls, keyPrefix, ...words } = describe as ObjectDescribe & { urls?: unknown }
  return words
}

function describedField(described: FieldDescribe, childRelationshipName: string | null): FieldSchema {
  const { name, label, type, picklistValues = [], ...traits } = described
  const stored = FIELD_TYPES.has(type) ? (type as FieldType) : (KINDRED[type] ?? 'string')
  const usual = field(name, label, stored)
  const told = Object.fromEntries(Object.keys(usual).flatMap((key) => keep(key, traits)))
  return {
    ...usual,
    ...told,
    childRelationshipName,
    described: { ...described },
    picklistValues: picklistValues.filter(({ active }) => active).map(picklistEntry),
  }
}

function keep(key: string, traits: object): [string, unknown][] {
  const value = (traits as Record<string, unknown>)[key]
  if (value === undefined) return []
  return key === 'defaultValue' && typeof value === 'number' ? [[key, String(value)]] : [[key, value]]
}

function picklistEntry({ value, label, defaultValue }: PicklistValue): PicklistValue {
  return { value, label, defaultValue }
}
