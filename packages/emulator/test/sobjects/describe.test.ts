import assert from 'node:assert/strict'
import { test } from 'node:test'
import { data, send, startEmulator, testClock } from '../support/harness.ts'
import { recordedDescribe, recordingsMissing } from '../support/recorded.ts'

/** Facts of a field that decide how clients treat it. */
const FACTS = [
  'type',
  'label',
  'length',
  'nillable',
  'createable',
  'updateable',
  'referenceTo',
  'relationshipName',
  'compoundFieldName',
  'idLookup',
  'nameField',
  'precision',
  'scale',
  'digits',
  'restrictedPicklist',
  'filterable',
  'groupable',
  'sortable',
  'soapType',
] as const

test('an object describe has every key of a recorded one', { skip: recordingsMissing }, async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await send(emulator, 'GET', data('/sobjects/Account/describe'))
  const recorded = recordedDescribe('nango-describe-account-v58')
  assert.deepEqual(
    Object.keys(recorded).filter((key) => !(key in json)),
    [],
  )
  assert.deepEqual(
    Object.keys(recorded.fields[0] ?? {}).filter((key) => !(key in json.fields[0])),
    [],
  )
})

for (const [object, recording] of [
  ['Account', 'nango-describe-account-v58'],
  ['Contact', 'cci-describe-contact'],
  ['Case', 'cci-describe-case'],
] as const) {
  test(`the fields of ${object} are described as recorded`, { skip: recordingsMissing }, async (t) => {
    const emulator = await startEmulator(t)
    const { json } = await send(emulator, 'GET', data(`/sobjects/${object}/describe`))
    const recorded = new Map(recordedDescribe(recording).fields.map((field) => [field.name, field]))
    const shared = json.fields.filter((field: { name: string }) => recorded.has(field.name))
    assert.ok(shared.length > 25)
    for (const field of shared) {
      const ours = Object.fromEntries(FACTS.map((fact) => [fact, field[fact]]))
      const theirs = Object.fromEntries(FACTS.map((fact) => [fact, recorded.get(field.name)?.[fact]]))
      assert.deepEqual({ name: field.name, ...ours }, { name: field.name, ...theirs })
    }
  })
}

test('an account lists its children with their relationship names', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await send(emulator, 'GET', data('/sobjects/Account/describe'))
  const contacts = json.childRelationships.find((child: { childSObject: string }) => child.childSObject === 'Contact')
  assert.equal(contacts.field, 'AccountId')
  assert.equal(contacts.relationshipName, 'Contacts')
})

test('the demo fields: a unique external id, one that is not unique, a multi-select', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await send(emulator, 'GET', data('/sobjects/Account/describe'))
  const field = (name: string) => json.fields.find((entry: { name: string }) => entry.name === name)
  const externalId = field('External_Id__c')
  assert.deepEqual(
    [externalId.externalId, externalId.unique, externalId.idLookup, externalId.custom],
    [true, true, true, true],
  )
  const legacy = field('Legacy_Id__c')
  assert.deepEqual([legacy.externalId, legacy.unique, legacy.idLookup], [true, false, true])
  assert.equal(field('Interests__c').type, 'multipicklist')
  assert.equal(field('Interests__c').picklistValues[0].value, 'Cloud')
})

test('describe is 304 without a body while nothing has changed', async (t) => {
  const emulator = await startEmulator(t, { clock: testClock() })
  const road = data('/sobjects/Account/describe')
  const since = String((await send(emulator, 'GET', road)).headers.get('last-modified'))
  const unchanged = await send(emulator, 'GET', road, { headers: { 'if-modified-since': since } })
  assert.deepEqual([unchanged.status, unchanged.text], [304, ''])
  const older = { 'if-modified-since': 'Wed, 31 Dec 2025 00:00:00 GMT' }
  assert.equal((await send(emulator, 'GET', road, { headers: older })).status, 200)
})

test('the global describe lists every object with the keys of a recorded one', {
  skip: recordingsMissing,
}, async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await send(emulator, 'GET', data('/sobjects'))
  const recorded = recordedDescribe('cci-describe-global') as unknown as { sobjects: Record<string, unknown>[] }
  assert.equal(json.encoding, 'UTF-8')
  const names: string[] = json.sobjects.map((object: { name: string }) => object.name)
  assert.deepEqual(names, names.toSorted())
  assert.ok(['Account', 'Case', 'Contact', 'Lead', 'Opportunity', 'Task', 'User'].every((name) => names.includes(name)))
  assert.deepEqual(Object.keys(json.sobjects[0]).sort(), Object.keys(recorded.sobjects[0] ?? {}).sort())
})

test('basic information shows the object and the records changed last', async (t) => {
  const clock = testClock()
  const emulator = await startEmulator(t, { clock })
  for (const Name of ['old', 'new']) {
    await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name } })
    clock.advance(1000)
  }
  const { json } = await send(emulator, 'GET', data('/sobjects/Account'))
  assert.equal(json.objectDescribe.keyPrefix, '001')
  assert.deepEqual(
    json.recentItems.map((item: { Name: string }) => item.Name),
    ['new', 'old'],
  )
})
