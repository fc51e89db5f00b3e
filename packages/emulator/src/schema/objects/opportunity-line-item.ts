import { decimal, field, lookup, readOnly, text } from '../fields.ts'
import { auditFields, identityFields } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

/** OpportunityLineItem after the Object Reference ("OpportunityLineItem"): a product sold with an opportunity. */
export const opportunityLineItem: ObjectSchema = {
  name: 'OpportunityLineItem',
  label: 'Opportunity Product',
  labelPlural: 'Opportunity Products',
  keyPrefix: '00k',
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: false,
  derive: (row) => ({ TotalPrice: row.UnitPrice == null ? null : Number(row.UnitPrice) * Number(row.Quantity) }),
  fields: [
    ...identityFields('Line Item'),
    lookup('OpportunityId', 'Opportunity ID', ['Opportunity'], 'Opportunity', {
      children: 'OpportunityLineItems',
      cascadeDelete: true,
      nillable: false,
      updateable: false,
    }),
    field('SortOrder', 'Sort Order', 'int', { digits: 9 }),
    lookup('PricebookEntryId', 'Price Book Entry ID', ['PricebookEntry'], 'PricebookEntry', {
      children: 'OpportunityLineItems',
      updateable: false,
    }),
    lookup('Product2Id', 'Product ID', ['Product2'], 'Product2', {
      children: 'OpportunityLineItems',
      updateable: false,
    }),
    readOnly('ProductCode', 'Product Code', 'string', { length: 255 }),
    readOnly('Name', 'Opportunity Product Name', 'string', { length: 376, nameField: true }),
    decimal('Quantity', 'Quantity', 'double', 12, 2, { nillable: false }),
    readOnly('TotalPrice', 'Total Price', 'currency', { precision: 18, scale: 2, calculated: true }),
    decimal('UnitPrice', 'Sales Price', 'currency', 18, 2),
    readOnly('ListPrice', 'List Price', 'currency', { precision: 18, scale: 2 }),
    field('ServiceDate', 'Date', 'date'),
    text('Description', 'Line Description', 255),
    ...auditFields(),
  ],
}
