import { type Operation, operation } from '../operation.ts'
import { plainRecord } from '../plain-record.ts'
import { address, identify } from './address.ts'

export const get: Operation = operation({
  id: 'record.get',
  label: 'Get',
  action: 'Get a record',
  description: 'Reads one record by its Id or by an external ID, all fields or a choice of them.',
  documentation: 'https://developer.salesforce.com/docs/platform/api-rest/guide/resources-sobject-retrieve-get.html',
  parameters: {
    ...address,
    fields: {
      kind: 'fields',
      label: 'Fields',
      description: 'Fields to read; leave empty for all',
      of: 'object',
      placeholder: 'Id, Name, Industry',
    },
  },
  rows: 'none',
  single: true,
  example: {
    parameters: {
      object: 'Account',
      by: 'externalId',
      externalIdField: 'External_Id__c',
      externalId: 'DEMO-0001',
      fields: 'Id, Name, External_Id__c',
    },
    volatile: ['Id'],
  },
  async *run({ salesforce, signal }, { object, fields, ...which }) {
    yield plainRecord(await salesforce.sobject(object).get(identify(which), { fields, signal }))
  },
})
