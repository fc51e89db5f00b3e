import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type Call, caller, create, type Json, query } from '../query/calls.ts'

describe('a reference to more objects than SQLite joins tables', () => {
  const objects = Array.from({ length: 80 }, (_, index) => ({
    name: `Kind${index}__c`,
    fields: [{ name: 'Size__c', type: 'int' as const }],
  }))
  const note = {
    name: 'Note__c',
    fields: [{ name: 'About__c', type: 'reference' as const, referenceTo: objects.map(({ name }) => name) }],
  }
  let emulator: Emulator
  let call: Call

  before(async () => {
    emulator = await createEmulator({ seed: 'empty', schema: { objects: [...objects, note] } })
    call = caller(emulator)
    const first = await create(call, 'Kind0__c', { Name: 'a first', Size__c: 1 })
    const last = await create(call, 'Kind79__c', { Name: 'The last', Size__c: 79 })
    for (const About__c of [last, first, last, null]) await create(call, 'Note__c', { Name: 'n', About__c })
  })
  after(() => emulator.close())

  const rows = async (soql: string): Promise<Json[]> => (await query(call, soql)).records

  it('shows name and kind of the parent, sorts and filters by them', async () => {
    const found = await rows('SELECT About__r.Name, About__r.Type FROM Note__c ORDER BY About__r.Name NULLS LAST')
    const parents = found.map(({ About__r }) => About__r && [About__r.attributes.type, About__r.Name, About__r.Type])
    const last = ['Kind79__c', 'The last', 'Kind79__c']
    assert.deepEqual(parents, [['Kind0__c', 'a first', 'Kind0__c'], last, last, null])
    assert.equal((await rows("SELECT Id FROM Note__c WHERE About__r.Name = 'the LAST'")).length, 2)
    assert.equal((await rows("SELECT Id FROM Note__c WHERE About__r.Type = 'Kind0__c'")).length, 1)
  })

  it('groups by the name of the parent', async () => {
    const found = await rows('SELECT About__r.Name parent, COUNT(Id) n FROM Note__c GROUP BY About__r.Name')
    const counts = Object.fromEntries(found.map(({ parent, n }) => [parent, n]))
    assert.deepEqual(counts, { null: 1, 'a first': 1, 'The last': 2 })
  })

  it('shows fields by kind', async () => {
    const found = await rows(
      'SELECT TYPEOF About__r WHEN Kind79__c THEN Size__c ELSE Name END FROM Note__c ORDER BY About__r.Name',
    )
    assert.deepEqual(
      found.map(({ About__r }) => About__r && (About__r.Size__c ?? About__r.Name)),
      [null, 'a first', 79, 79],
    )
  })
})
