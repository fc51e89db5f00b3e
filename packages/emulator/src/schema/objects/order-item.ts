import { decimal, field, lookup, readOnly, text } from '../fields.ts'
import { auditFields, identityFields } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

/** OrderItem after the Object Reference ("OrderItem"): a product of an order. */
export const orderItem: ObjectSchema = {
  name: 'OrderItem',
  label: 'Order Product',
  labelPlural: 'Order Products',
  keyPrefix: '802',
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: true,
  fields: [
    readOnly('Product2Id', 'Product ID', 'reference', {
      length: 18,
      referenceTo: ['Product2'],
      relationshipName: 'Product2',
    }),
    ...identityFields('Order Product'),
    lookup('OrderId', 'Order ID', ['Order'], 'Order', {
      children: 'OrderItems',
      cascadeDelete: true,
      nillable: false,
      updateable: false,
    }),
    lookup('PricebookEntryId', 'Price Book Entry ID', ['PricebookEntry'], 'PricebookEntry', {
      children: 'OrderItems',
      updateable: false,
    }),
    lookup('OriginalOrderItemId', 'Order Product ID', ['OrderItem'], 'OriginalOrderItem', {
      children: 'ChildOrderItems',
      updateable: false,
    }),
    decimal('Quantity', 'Quantity', 'double', 18, 2, { nillable: false }),
    decimal('UnitPrice', 'Unit Price', 'currency', 18, 2),
    readOnly('ListPrice', 'List Price', 'currency', { precision: 18, scale: 2 }),
    readOnly('TotalPrice', 'Total Price', 'currency', { precision: 18, scale: 2 }),
    field('ServiceDate', 'Start Date', 'date'),
    field('EndDate', 'End Date', 'date'),
    text('Description', 'Line Description', 255),
    ...auditFields(),
    readOnly('OrderItemNumber', 'Order Product Number', 'string', {
      length: 30,
      nillable: false,
      defaultedOnCreate: true,
      idLookup: true,
      nameField: true,
      autoNumber: true,
    }),
  ],
}
