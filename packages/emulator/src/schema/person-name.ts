import { picklist, readOnly, text } from './fields.ts'
import type { FieldSchema, StoredRow } from './types.ts'

const PART = { compoundFieldName: 'Name', extraTypeInfo: 'personname' } as const

/** The name fields of a person; `Name` is put together by {@link fullName} and cannot be written. */
export function personNameFields(): FieldSchema[] {
  return [
    text('LastName', 'Last Name', 80, { ...PART, nillable: false }),
    text('FirstName', 'First Name', 40, PART),
    picklist('Salutation', 'Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.'], { ...PART, length: 40 }),
    readOnly('Name', 'Full Name', 'string', {
      length: 121,
      nillable: false,
      defaultedOnCreate: true,
      nameField: true,
      extraTypeInfo: 'personname',
    }),
  ]
}

/** First and last name with one space between, as the Name of a person reads. */
export function fullName(row: Readonly<StoredRow>): string {
  return [row.FirstName, row.LastName].filter(Boolean).join(' ')
}
