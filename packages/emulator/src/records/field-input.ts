import type { StoredValue } from '../schema/types.ts'

/** A parent named by an external id instead of its Id (`"Owner": {"FederationIdentifier": "x"}`, column `Owner.Ext__c`). */
export class ForeignKey {
  /** Name of the parent object. */
  readonly object: string
  /** Name of the external id field on the parent. */
  readonly field: string
  readonly value: StoredValue

  constructor(object: string, field: string, value: StoredValue) {
    this.object = object
    this.field = field
    this.value = value
  }
}

/**
 * What a caller may put into a field: a value in stored form, a parent by external id (for references only), or bytes
 * (for base64 only, whose stored form is the key of a blob).
 */
export type FieldInput = StoredValue | ForeignKey | Uint8Array

/** Input for one record, keyed by the field name as the schema spells it. Absent means "leave alone", null means "clear". */
export type RecordInput = Record<string, FieldInput>
