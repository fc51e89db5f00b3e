import { checkbox, field, picklist, text, textArea } from '../fields.ts'
import { auditFields, identityFields, viewFields } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

/** Product2 after the Object Reference ("Product2"): what an org sells. */
export const product2: ObjectSchema = {
  name: 'Product2',
  label: 'Product',
  labelPlural: 'Products',
  keyPrefix: '01t',
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: true,
  fields: [
    ...identityFields('Product'),
    text('Name', 'Product Name', 255, { nillable: false, nameField: true }),
    text('ProductCode', 'Product Code', 255),
    textArea('Description', 'Product Description', 4000),
    checkbox('IsActive', 'Active'),
    ...auditFields(),
    picklist('Family', 'Product Family', ['None']),
    text('ExternalId', 'External ID', 255),
    field('DisplayUrl', 'Display URL', 'url', { length: 1000 }),
    picklist('QuantityUnitOfMeasure', 'Quantity Unit Of Measure', ['Each']),
    checkbox('IsArchived', 'Archived', { createable: false, updateable: false }),
    ...viewFields(),
    text('StockKeepingUnit', 'Product SKU', 180),
  ],
}
