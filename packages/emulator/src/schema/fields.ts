import type { FieldSchema, FieldType, PicklistValue } from './types.ts'

/** What a field declaration may say beyond name, label and type. */
export type FieldTraits = Partial<Omit<FieldSchema, 'name' | 'label' | 'type' | 'picklistValues'>>

/** Types that GROUP BY refuses (REST describe: `groupable` false in the recorded describes of Account, Contact, Case). */
const NOT_GROUPABLE: ReadonlySet<FieldType> = new Set([
  'double',
  'currency',
  'percent',
  'datetime',
  'address',
  'base64',
])

/** A field of any type with the defaults Salesforce gives an ordinary writable field. */
export function field(name: string, label: string, type: FieldType, traits: FieldTraits = {}): FieldSchema {
  const length = traits.length ?? 0
  const long = type === 'textarea' && length > 255
  const compound = type === 'address'
  return {
    name,
    label,
    type,
    length,
    precision: 0,
    scale: 0,
    digits: 0,
    nillable: true,
    createable: true,
    updateable: true,
    defaultedOnCreate: false,
    defaultValue: null,
    unique: false,
    externalId: false,
    idLookup: traits.externalId ?? false,
    caseSensitive: false,
    nameField: false,
    autoNumber: false,
    calculated: false,
    custom: name.endsWith('__c'),
    filterable: !long,
    sortable: !long && !compound && type !== 'multipicklist',
    groupable: !long && !NOT_GROUPABLE.has(type) && type !== 'multipicklist',
    aggregatable: !long && !compound && type !== 'boolean' && type !== 'multipicklist',
    compoundFieldName: null,
    extraTypeInfo: type === 'textarea' ? 'plaintextarea' : null,
    picklistValues: [],
    restrictedPicklist: false,
    referenceTo: [],
    relationshipName: null,
    childRelationshipName: null,
    cascadeDelete: false,
    ...traits,
  }
}

/** A field that Salesforce alone writes. */
export function readOnly(name: string, label: string, type: FieldType, traits: FieldTraits = {}): FieldSchema {
  return field(name, label, type, { createable: false, updateable: false, ...traits })
}

/** One-line text of at most `length` characters. */
export function text(name: string, label: string, length: number, traits: FieldTraits = {}): FieldSchema {
  return field(name, label, 'string', { length, ...traits })
}

/** Text over several lines; beyond 255 characters it can be neither filtered nor sorted by. */
export function textArea(name: string, label: string, length: number, traits: FieldTraits = {}): FieldSchema {
  return field(name, label, 'textarea', { length, ...traits })
}

/** A picklist; a trailing `*` marks the default value. */
export function picklist(
  name: string,
  label: string,
  values: readonly string[],
  traits: FieldTraits & { readonly multiple?: boolean } = {},
): FieldSchema {
  const { multiple = false, ...rest } = traits
  const picklistValues = values.map(picklistValue)
  const first = picklistValues.find((entry) => entry.defaultValue)
  const base = field(name, label, multiple ? 'multipicklist' : 'picklist', {
    length: multiple ? 4099 : 255,
    ...(first && { defaultedOnCreate: true, defaultValue: first.value }),
    ...rest,
  })
  return { ...base, picklistValues }
}

/** A required or optional checkbox; never null, false unless said otherwise. */
export function checkbox(name: string, label: string, traits: FieldTraits = {}): FieldSchema {
  return field(name, label, 'boolean', { nillable: false, defaultedOnCreate: true, defaultValue: false, ...traits })
}

/** A decimal number of `precision` digits, `scale` of them behind the point. */
export function decimal(
  name: string,
  label: string,
  type: 'double' | 'currency' | 'percent',
  precision: number,
  scale: number,
  traits: FieldTraits = {},
): FieldSchema {
  return field(name, label, type, { precision, scale, ...traits })
}

/** A reference to one or more objects; `children` is the relationship name on the parent. */
export function lookup(
  name: string,
  label: string,
  referenceTo: readonly string[],
  relationshipName: string | null,
  traits: FieldTraits & { readonly children?: string } = {},
): FieldSchema {
  const { children = null, ...rest } = traits
  return field(name, label, 'reference', {
    length: 18,
    referenceTo,
    relationshipName,
    childRelationshipName: children,
    ...rest,
  })
}

function picklistValue(entry: string): PicklistValue {
  const defaultValue = entry.endsWith('*')
  const value = defaultValue ? entry.slice(0, -1) : entry
  return { value, label: value, defaultValue }
}
