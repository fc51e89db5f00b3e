import { addressFields } from '../address-fields.ts'
import { checkbox, field, lookup, picklist, readOnly, textArea } from '../fields.ts'
import { auditFields, identityFields, ownerField, viewFields } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

/** Order after the Object Reference ("Order"), with the two statuses of a new org; what activation forbids is not checked. */
export const order: ObjectSchema = {
  name: 'Order',
  label: 'Order',
  labelPlural: 'Orders',
  keyPrefix: '801',
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: true,
  derive: (row, previous, now) => {
    const activated = row.Status === 'Activated'
    return {
      StatusCode: activated ? 'Activated' : 'Draft',
      ActivatedDate: activated ? (previous?.ActivatedDate ?? now) : null,
    }
  },
  fields: [
    ...identityFields('Order'),
    ownerField(['Group', 'User']),
    lookup('AccountId', 'Account ID', ['Account'], 'Account', { children: 'Orders' }),
    lookup('Pricebook2Id', 'Price Book ID', ['Pricebook2'], 'Pricebook2'),
    lookup('OriginalOrderId', 'Order ID', ['Order'], 'OriginalOrder', { children: 'Orders', updateable: false }),
    field('EffectiveDate', 'Order Start Date', 'date', { nillable: false }),
    field('EndDate', 'Order End Date', 'date'),
    checkbox('IsReductionOrder', 'Reduction Order', { updateable: false }),
    picklist('Status', 'Status', ['Draft*', 'Activated'], { nillable: false }),
    textArea('Description', 'Description', 32_000),
    lookup('CustomerAuthorizedById', 'Customer Authorized By ID', ['Contact'], 'CustomerAuthorizedBy'),
    lookup('CompanyAuthorizedById', 'Company Authorized By ID', ['User'], 'CompanyAuthorizedBy'),
    picklist('Type', 'Order Type', []),
    ...addressFields('Billing'),
    ...addressFields('Shipping'),
    readOnly('ActivatedDate', 'Activated Date', 'datetime'),
    readOnly('ActivatedById', 'Activated By ID', 'reference', {
      length: 18,
      referenceTo: ['User'],
      relationshipName: 'ActivatedBy',
    }),
    picklist('StatusCode', 'Status Category', ['Draft', 'Activated'], {
      createable: false,
      updateable: false,
      length: 40,
    }),
    readOnly('OrderNumber', 'Order Number', 'string', {
      length: 30,
      nillable: false,
      defaultedOnCreate: true,
      idLookup: true,
      nameField: true,
      autoNumber: true,
    }),
    readOnly('TotalAmount', 'Order Amount', 'currency', { precision: 18, scale: 2, defaultedOnCreate: true }),
    ...auditFields(),
    ...viewFields(),
  ],
}
