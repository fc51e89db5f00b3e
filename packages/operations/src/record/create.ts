import { firstRow } from '../first-row.ts'
import { type Operation, operation } from '../operation.ts'
import { object } from './address.ts'

export const create: Operation = operation({
  id: 'record.create',
  label: 'Create',
  action: 'Create a record',
  description: 'Creates one record from the given fields and returns its Id.',
  documentation: 'https://developer.salesforce.com/docs/platform/api-rest/guide/resources-sobject-basic-info-post.html',
  parameters: { object },
  rows: 'one',
  example: {
    parameters: { object: 'Account' },
    rows: [{ Name: 'Example Airways', BillingCity: 'Oslo' }],
    volatile: ['id'],
  },
  async *run({ salesforce, signal }, { object: name }, rows) {
    const { id } = await salesforce.sobject(name).create(await firstRow(rows), { signal })
    yield { id, success: true, created: true }
  },
})
