import { firstRow } from '../first-row.ts'
import { type Operation, operation } from '../operation.ts'
import { externalId, externalIdField, object } from './address.ts'

export const upsert: Operation = operation({
  id: 'record.upsert',
  label: 'Create or Update',
  action: 'Create or update a record',
  description:
    'Updates the record whose external ID has the given value, or creates it. Safe to repeat: a second run changes nothing.',
  documentation: 'https://developer.salesforce.com/docs/platform/api-rest/guide/dome-upsert.html',
  parameters: { object, externalIdField, externalId },
  rows: 'one',
  example: {
    parameters: { object: 'Account', externalIdField: 'External_Id__c', externalId: 'EXAMPLE-1' },
    rows: [{ Name: 'Example Rail' }],
    volatile: ['id'],
  },
  async *run({ salesforce, signal }, { object: name, externalIdField: field, externalId: value }, rows) {
    const { id, created } = await salesforce.sobject(name).upsert({ [field]: value }, await firstRow(rows), { signal })
    yield { id, success: true, created }
  },
})
