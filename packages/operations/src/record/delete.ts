import { type Operation, operation } from '../operation.ts'
import { address, identify } from './address.ts'

export const deleteRecord: Operation = operation({
  id: 'record.delete',
  label: 'Delete',
  action: 'Delete a record',
  description: 'Moves one record to the recycle bin.',
  documentation: 'https://developer.salesforce.com/docs/platform/api-rest/guide/resources-sobject-retrieve-delete.html',
  parameters: address,
  rows: 'none',
  single: true,
  example: {
    parameters: { object: 'Account', by: 'externalId', externalIdField: 'External_Id__c', externalId: 'DEMO-0002' },
  },
  async *run({ salesforce, signal }, { object, ...which }) {
    const target = identify(which)
    await salesforce.sobject(object).delete(target, { signal })
    yield { ...(typeof target === 'string' ? { id: target } : target), success: true, deleted: true }
  },
})
