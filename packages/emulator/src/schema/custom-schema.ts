import { field } from './fields.ts'
import { auditFields, identityFields, ownerField } from './system-fields.ts'
import type { FieldSchema, FieldType, ObjectSchema } from './types.ts'

/** A custom field in few words; everything but name and type has a default. */
export interface CustomField {
  /** API name, ending in `__c`. */
  readonly name: string
  readonly type: Exclude<FieldType, 'id' | 'address'>
  /** The name without `__c` and underscores unless given. */
  readonly label?: string
  /** Characters of a text; 255 unless given. */
  readonly length?: number
  /** Digits of a number; 18 unless given. */
  readonly precision?: number
  /** Digits behind the point; 0 unless given. */
  readonly scale?: number
  readonly required?: boolean
  readonly unique?: boolean
  readonly externalId?: boolean
  /** Values of a picklist. */
  readonly values?: readonly string[]
  /** True where a picklist takes no other values. */
  readonly restricted?: boolean
  readonly defaultValue?: string | boolean
  /** Objects that a reference may point at. */
  readonly referenceTo?: readonly string[]
  /** Name of the children on the parent, as sub-queries use it with `__r`. */
  readonly children?: string
  /** True where the parent takes its children along when it is deleted. */
  readonly cascadeDelete?: boolean
}

/** A custom object; Id, Name, owner and audit fields come with it. */
export interface CustomObject {
  /** API name, ending in `__c`. */
  readonly name: string
  readonly label?: string
  readonly labelPlural?: string
  /** Three characters that its Ids begin with; `a00`, `a01`, ... in order unless given. */
  readonly keyPrefix?: string
  /** True for a Name that is a number dealt out by the org. */
  readonly autoNumber?: boolean
  readonly fields?: readonly CustomField[]
}

/** Custom objects, and custom fields of objects that are there, by the name of the object. */
export interface CustomSchema {
  readonly objects?: readonly CustomObject[]
  readonly fields?: Readonly<Record<string, readonly CustomField[]>>
}

const NUMBERS: ReadonlySet<string> = new Set(['double', 'currency', 'percent'])

/** The object that the few words mean. */
export function customObject(object: CustomObject, keyPrefix: string): ObjectSchema {
  const label = object.label ?? labelOf(object.name)
  const name = field('Name', `${label} Name`, 'string', {
    length: 80,
    nameField: true,
    idLookup: true,
    ...(object.autoNumber && { autoNumber: true, createable: false, updateable: false, nillable: false }),
  })
  return {
    name: object.name,
    label,
    labelPlural: object.labelPlural ?? `${label}s`,
    keyPrefix,
    custom: true,
    createable: true,
    updateable: true,
    deletable: true,
    searchable: true,
    fields: [
      ...identityFields(label),
      ownerField(),
      name,
      ...auditFields(),
      ...(object.fields ?? []).map((one) => customField(one)),
    ],
  }
}

/** The field that the few words mean. */
export function customField(given: CustomField): FieldSchema {
  const { name, type, label = labelOf(name), values = [], defaultValue = null, referenceTo = [] } = given
  const reference = type === 'reference'
  const base = field(name, label, type, {
    length: reference ? 18 : NUMBERS.has(type) || type === 'boolean' ? 0 : (given.length ?? 255),
    ...(NUMBERS.has(type) && { precision: given.precision ?? 18, scale: given.scale ?? 0 }),
    ...(type === 'int' && { digits: given.precision ?? 9, length: 0 }),
    ...(type === 'boolean' && { defaultValue: defaultValue ?? false, defaultedOnCreate: true }),
    ...(type !== 'boolean' && defaultValue !== null && { defaultValue, defaultedOnCreate: true }),
    nillable: type !== 'boolean' && !given.required,
    unique: given.unique ?? false,
    externalId: given.externalId ?? false,
    restrictedPicklist: given.restricted ?? false,
    referenceTo,
    relationshipName: reference ? name.replace(/__c$/, '__r') : null,
    childRelationshipName: given.children === undefined ? null : `${given.children.replace(/__r$/, '')}__r`,
    cascadeDelete: given.cascadeDelete ?? false,
  })
  const picklistValues = values.map((value) => ({ value, label: value, defaultValue: value === defaultValue }))
  return { ...base, picklistValues }
}

function labelOf(name: string): string {
  return name.replace(/__c$/, '').replaceAll('_', ' ')
}
