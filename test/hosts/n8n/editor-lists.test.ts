import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import type { ILoadOptionsFunctions } from 'n8n-workflow'
import {
  searchExternalIdFields,
  searchFields,
  searchObjects,
  searchRecords,
} from '../../../nodes/shared/list-search.ts'
import { listFields, mapFields } from '../../../nodes/shared/object-fields.ts'
import { actionNode, clientCredentials } from './setup.ts'

let emulator: Emulator
before(async () => {
  emulator = await createEmulator({ seed: 'demo' })
})
after(() => emulator.close())

function editor(operation = 'record.create', object = 'Account'): ILoadOptionsFunctions {
  const chosen = { object: { __rl: true, mode: 'list', value: object } }
  return actionNode(operation, chosen, { credentials: [clientCredentials(emulator)] }).editor()
}

describe('the lists of the editor', () => {
  it('find objects by label and by API name', async () => {
    for (const text of ['opportunity prod', 'OPPORTUNITYLINE']) {
      const { results } = await searchObjects.call(editor(), text)
      assert.deepEqual(results, [{ name: 'Opportunity Product (OpportunityLineItem)', value: 'OpportunityLineItem' }])
    }
  })

  it('find fields of the chosen object', async () => {
    const { results } = await searchFields.call(editor(), 'Legacy')
    assert.deepEqual(
      results.map(({ value }) => value),
      ['Legacy_Id__c'],
    )
  })

  it('offer as external IDs only fields by which Salesforce can upsert', async () => {
    const { results } = await searchExternalIdFields.call(editor())
    const names = results.map(({ value }) => value)
    assert.ok(names.includes('External_Id__c') && names.includes('Id'))
    assert.ok(!names.includes('Name'))
  })

  it('find records by their name, quotes and wildcards taken literally', async () => {
    const some = await searchRecords.call(editor())
    assert.ok(some.results.length > 1 && some.results.length <= 100)
    const first = some.results[0]
    const found = await searchRecords.call(editor(), String(first?.name).slice(0, 6))
    assert.ok(found.results.some(({ value }) => value === first?.value))
    assert.deepEqual((await searchRecords.call(editor(), "%' OR Name != '")).results, [])
  })

  it('list all fields sorted by label', async () => {
    const names = (await listFields.call(editor('record.get'))).map(({ name }) => name)
    assert.ok(names.includes('Account Name (Name)'))
    assert.deepEqual(
      names,
      names.toSorted((a, b) => a.localeCompare(b)),
    )
  })

  it('map the fields that may be written, with their types, choices and which are required', async () => {
    const { fields } = await mapFields.call(editor())
    const byName = Object.fromEntries(fields.map((field) => [field.id, field]))
    assert.equal(byName.Name?.required, true)
    assert.equal(byName.AnnualRevenue?.type, 'number')
    assert.equal(byName.Industry?.type, 'options')
    assert.ok((byName.Industry?.options?.length ?? 0) > 1)
    assert.equal(byName.CreatedDate, undefined)
  })

  it('require no field for an update', async () => {
    const { fields } = await mapFields.call(editor('record.update'))
    assert.ok(fields.every(({ required }) => !required))
  })

  it('say what is wrong in one sentence', async () => {
    await assert.rejects(searchFields.call(editor('record.create', 'Nothing__c')), /NOT_FOUND|INVALID_TYPE/)
  })
})
