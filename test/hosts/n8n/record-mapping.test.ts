import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { IExecuteFunctions } from 'n8n-workflow'
import { mappedRecord } from '../../../nodes/shared/record-mapping.ts'

function mapped(mapping: object): object {
  const context = { getNodeParameter: () => mapping, getInputData: () => [{ json: { Name: 'Item', Phone: null } }] }
  return mappedRecord(context as unknown as IExecuteFunctions, 0)
}

describe('the record of a call', () => {
  it('is the item as it is, null included, where fields are mapped automatically', () => {
    assert.deepEqual(mapped({ mappingMode: 'autoMapInputData', value: null }), { Name: 'Item', Phone: null })
  })

  it('has no field that was added to the panel and left empty, but keeps zero and false', () => {
    const value = { Name: 'Panel', Phone: '', Fax: null, Site: undefined, NumberOfEmployees: 0, IsActive__c: false }
    assert.deepEqual(mapped({ mappingMode: 'defineBelow', value }), {
      Name: 'Panel',
      NumberOfEmployees: 0,
      IsActive__c: false,
    })
  })
})
