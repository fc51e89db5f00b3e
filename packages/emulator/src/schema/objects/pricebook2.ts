import { checkbox, text } from '../fields.ts'
import { auditFields, identityFields, viewFields } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

/** Pricebook2 after the Object Reference ("Pricebook2"); every org has one that is the standard one. */
export const pricebook2: ObjectSchema = {
  name: 'Pricebook2',
  label: 'Price Book',
  labelPlural: 'Price Books',
  keyPrefix: '01s',
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: true,
  fields: [
    ...identityFields('Price Book'),
    text('Name', 'Price Book Name', 255, { nillable: false, nameField: true }),
    ...auditFields(),
    ...viewFields(),
    checkbox('IsActive', 'Active'),
    checkbox('IsArchived', 'Archived', { createable: false, updateable: false }),
    text('Description', 'Description', 255),
    checkbox('IsStandard', 'Is Standard Price Book', { createable: false, updateable: false }),
  ],
}
