import type { AssignmentRule, DuplicateRule, ValidationRule } from './rules.ts'

/**
 * What the emulated org knows about its objects and fields: the part of a Salesforce describe that decides behaviour.
 * Follows the fields of DescribeSObjectResult (REST API Developer Guide, "sObject Describe").
 */

/** A Salesforce field type, spelled as describe spells it. */
export type FieldType =
  | 'id'
  | 'reference'
  | 'string'
  | 'textarea'
  | 'phone'
  | 'url'
  | 'email'
  | 'picklist'
  | 'multipicklist'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'address'
  | 'base64'

/** One entry of a picklist; values are stored, labels shown. */
export interface PicklistValue {
  readonly value: string
  readonly label: string
  /** True for the value that a new record gets when none is given. */
  readonly defaultValue: boolean
}

/** One field of one object. Lengths are characters, `digits` is the width of an `int`. */
export interface FieldSchema {
  readonly name: string
  readonly label: string
  readonly type: FieldType
  /** Longest accepted text in characters; 0 for types without a length. */
  readonly length: number
  readonly precision: number
  readonly scale: number
  readonly digits: number
  /** False when a record cannot exist without the value. */
  readonly nillable: boolean
  readonly createable: boolean
  readonly updateable: boolean
  /** True when Salesforce fills the value in on create, so a caller may leave it out although it is not nillable. */
  readonly defaultedOnCreate: boolean
  readonly defaultValue: string | boolean | null
  readonly unique: boolean
  readonly externalId: boolean
  /** True when the field may address a record in upsert and by-external-id paths. */
  readonly idLookup: boolean
  readonly caseSensitive: boolean
  readonly nameField: boolean
  readonly autoNumber: boolean
  readonly calculated: boolean
  readonly custom: boolean
  readonly filterable: boolean
  readonly sortable: boolean
  readonly groupable: boolean
  readonly aggregatable: boolean
  /** Name of the compound field this one is a part of (`BillingAddress` for `BillingCity`), else null. */
  readonly compoundFieldName: string | null
  readonly extraTypeInfo: string | null
  readonly picklistValues: readonly PicklistValue[]
  readonly restrictedPicklist: boolean
  /** Objects a reference may point at; more than one for a polymorphic reference. */
  readonly referenceTo: readonly string[]
  /** Name of the parent object in a query path (`Owner` for `OwnerId`), null where there is none. */
  readonly relationshipName: string | null
  /** Name under which the parent shows its children (`Contacts` for `Contact.AccountId`), null where there is none. */
  readonly childRelationshipName: string | null
  /** True when deleting the parent deletes the record; otherwise the reference is cleared. */
  readonly cascadeDelete: boolean
  /** All that the describe of a real org says of the field, for a field that was made from one. */
  readonly described?: Readonly<Record<string, unknown>>
}

/** A value as SQLite holds it: text, number, 0 or 1 for a boolean, the key of a blob for base64, null. */
export type StoredValue = string | number | null

/** One record as SQLite holds it, keyed by the field name as the schema spells it. */
export type StoredRow = Record<string, StoredValue>

/**
 * Works out the fields that Salesforce computes from others (a person's Name, a case's IsClosed).
 * Gets the row about to be written, the row it replaces (undefined on create) and the time, and gives the fields to set.
 */
export type Derive = (row: Readonly<StoredRow>, previous: Readonly<StoredRow> | undefined, now: string) => StoredRow

/** One object (sObject) of the org. */
export interface ObjectSchema {
  readonly name: string
  readonly label: string
  readonly labelPlural: string
  /** First three characters of every Id of this object. */
  readonly keyPrefix: string
  readonly custom: boolean
  readonly createable: boolean
  readonly updateable: boolean
  readonly deletable: boolean
  readonly searchable: boolean
  /** False for objects that no query may name (platform events); true when absent. */
  readonly queryable?: boolean
  /** All fields in describe order, compound ones included. */
  readonly fields: readonly FieldSchema[]
  readonly derive?: Derive
  /** Rules of the org that records have to keep; none when absent. */
  readonly validationRules?: readonly ValidationRule[]
  readonly duplicateRule?: DuplicateRule
  readonly assignmentRule?: AssignmentRule
  /** What the describe of a real org says of the object itself, for an object that was made from one. */
  readonly described?: Readonly<Record<string, unknown>>
}

/** A child relationship as the parent's describe lists it. */
export interface ChildRelationship {
  /** Name of the child object. */
  readonly childSObject: string
  /** Name of the reference field on the child. */
  readonly field: string
  /** Name used in a sub-query (`SELECT (SELECT Id FROM Contacts) FROM Account`), null where there is none. */
  readonly relationshipName: string | null
  readonly cascadeDelete: boolean
}

/** True for fields that have a column of their own; compound fields are put together from their parts. */
export function isStored(field: FieldSchema): boolean {
  return field.type !== 'address'
}

/** True for fields that SOQL compares without regard to case. */
export function ignoresCase(field: FieldSchema): boolean {
  return isText(field) && !field.caseSensitive
}

/** True for types that hold text. */
export function isText(field: FieldSchema): boolean {
  return TEXT_TYPES.has(field.type)
}

const TEXT_TYPES: ReadonlySet<FieldType> = new Set([
  'string',
  'textarea',
  'phone',
  'url',
  'email',
  'picklist',
  'multipicklist',
])
