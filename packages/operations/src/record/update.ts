import { firstRow } from '../first-row.ts'
import { type Operation, operation } from '../operation.ts'
import { address, identify } from './address.ts'

export const update: Operation = operation({
  id: 'record.update',
  label: 'Update',
  action: 'Update a record',
  description: 'Changes the given fields of one record; a field set to null is emptied.',
  documentation: 'https://developer.salesforce.com/docs/platform/api-rest/guide/resources-sobject-retrieve-patch.html',
  parameters: address,
  rows: 'one',
  example: {
    parameters: { object: 'Account', by: 'externalId', externalIdField: 'External_Id__c', externalId: 'DEMO-0001' },
    rows: [{ Phone: '+47 22 00 00 00' }],
  },
  async *run({ salesforce, signal }, { object, ...which }, rows) {
    const target = identify(which)
    await salesforce.sobject(object).update(target, await firstRow(rows), { signal })
    yield { ...(typeof target === 'string' ? { id: target } : target), success: true, created: false }
  },
})
