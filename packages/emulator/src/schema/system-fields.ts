import { checkbox, lookup, readOnly } from './fields.ts'
import type { FieldSchema } from './types.ts'

const FILLED_IN = { createable: false, updateable: false, nillable: false, defaultedOnCreate: true } as const

/** `Id` and `IsDeleted`, which open every describe. */
export function identityFields(objectLabel: string): FieldSchema[] {
  return [
    readOnly('Id', `${objectLabel} ID`, 'id', { length: 18, nillable: false, defaultedOnCreate: true, idLookup: true }),
    checkbox('IsDeleted', 'Deleted', { createable: false, updateable: false }),
  ]
}

/** The owner, the current user unless given; some objects may belong to a queue. */
export function ownerField(owners: readonly string[] = ['User']): FieldSchema {
  return lookup('OwnerId', 'Owner ID', owners, 'Owner', { nillable: false, defaultedOnCreate: true })
}

/** When the record was looked at and referred to last. */
export function viewFields(): FieldSchema[] {
  return [
    readOnly('LastViewedDate', 'Last Viewed Date', 'datetime'),
    readOnly('LastReferencedDate', 'Last Referenced Date', 'datetime'),
  ]
}

/** Who made and changed the record, and when: the tail of every describe. */
export function auditFields(): FieldSchema[] {
  return [
    readOnly('CreatedDate', 'Created Date', 'datetime', FILLED_IN),
    lookup('CreatedById', 'Created By ID', ['User'], 'CreatedBy', FILLED_IN),
    readOnly('LastModifiedDate', 'Last Modified Date', 'datetime', FILLED_IN),
    lookup('LastModifiedById', 'Last Modified By ID', ['User'], 'LastModifiedBy', FILLED_IN),
    readOnly('SystemModstamp', 'System Modstamp', 'datetime', FILLED_IN),
  ]
}
