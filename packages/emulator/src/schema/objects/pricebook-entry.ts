import { checkbox, decimal, lookup, readOnly } from '../fields.ts'
import { auditFields, identityFields } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

const FIXED = { children: 'PricebookEntries', cascadeDelete: true, nillable: false, updateable: false } as const

/** PricebookEntry after the Object Reference ("PricebookEntry"): the price of a product in a price book. */
export const pricebookEntry: ObjectSchema = {
  name: 'PricebookEntry',
  label: 'Price Book Entry',
  labelPlural: 'Price Book Entries',
  keyPrefix: '01u',
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: true,
  fields: [
    ...identityFields('Price Book Entry'),
    readOnly('Name', 'Product Name', 'string', { length: 255, nameField: true }),
    lookup('Pricebook2Id', 'Price Book ID', ['Pricebook2'], 'Pricebook2', FIXED),
    lookup('Product2Id', 'Product ID', ['Product2'], 'Product2', FIXED),
    decimal('UnitPrice', 'List Price', 'currency', 18, 2, { nillable: false }),
    checkbox('IsActive', 'Active'),
    checkbox('UseStandardPrice', 'Use Standard Price'),
    ...auditFields(),
    readOnly('ProductCode', 'Product Code', 'string', { length: 255 }),
    checkbox('IsArchived', 'Archived', { createable: false, updateable: false }),
  ],
}
