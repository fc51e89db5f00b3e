import { checkbox, decimal, readOnly, text } from '../fields.ts'
import type { ObjectSchema } from '../types.ts'

const FILLED_IN = { nillable: false, defaultedOnCreate: true } as const

/** A platform event of the demo org, after the example of the Platform Events Developer Guide ("Publish Event Messages"). */
export const orderEvent: ObjectSchema = {
  name: 'Order_Event__e',
  label: 'Order Event',
  labelPlural: 'Order Events',
  keyPrefix: 'e00',
  custom: true,
  createable: true,
  updateable: false,
  deletable: false,
  searchable: false,
  queryable: false,
  fields: [
    readOnly('Id', 'Record ID', 'id', { length: 18, ...FILLED_IN }),
    readOnly('ReplayId', 'Replay ID', 'string', { length: 1000 }),
    readOnly('EventUuid', 'Event UUID', 'string', { length: 36 }),
    readOnly('CreatedDate', 'Created Date', 'datetime', FILLED_IN),
    readOnly('CreatedById', 'Created By ID', 'reference', { length: 18, referenceTo: ['User'], ...FILLED_IN }),
    text('Order_Number__c', 'Order Number', 10),
    checkbox('Has_Shipped__c', 'Has Shipped'),
    decimal('Amount__c', 'Amount', 'double', 18, 2),
  ],
}
