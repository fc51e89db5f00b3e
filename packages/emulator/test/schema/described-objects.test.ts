import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildSchema } from '../../src/schema/build-schema.ts'
import { data, send, startEmulator } from '../support/harness.ts'
import { recordedDescribe, recordingsMissing } from '../support/recorded.ts'

test('a real describe becomes the object: its fields, picklists and relationships', {
  skip: recordingsMissing,
}, async (t) => {
  const describes = ['cci-describe-contact', 'fcnet-describe-user'].map(recordedDescribe)
  const emulator = await startEmulator(t, { seed: 'demo', describes })
  for (const recorded of describes) {
    const { json } = await send(emulator, 'GET', data(`/sobjects/${recorded.name}/describe`))
    const ours = new Map(json.fields.map((field: { name: string }) => [field.name, field]))
    for (const field of recorded.fields) {
      const shown = ours.get(String(field.name)) as Record<string, unknown> | undefined
      const facts = ['type', 'length', 'nillable', 'createable', 'relationshipName', 'referenceTo'] as const
      for (const fact of facts) assert.deepEqual(shown?.[fact], field[fact], `${recorded.name}.${field.name}.${fact}`)
    }
  }
  const soql = 'SELECT FIELDS(ALL) FROM Contact LIMIT 1'
  const { status, text } = await send(emulator, 'GET', data(`/query?q=${encodeURIComponent(soql)}`))
  assert.equal(status, 200, text)
})

test('a describe of a custom object works like any object', async (t) => {
  const field = (name: string, type: string, rest: object = {}): object => ({
    name,
    label: name,
    type,
    createable: true,
    updateable: true,
    nillable: true,
    ...rest,
  })
  const identity = { createable: false, updateable: false, nillable: false, defaultedOnCreate: true }
  const describe = {
    name: 'Machine__c',
    label: 'Machine',
    labelPlural: 'Machines',
    keyPrefix: 'a7X',
    custom: true,
    createable: true,
    updateable: true,
    deletable: true,
    searchable: true,
    fields: [
      field('Id', 'id', { ...identity, idLookup: true }),
      field('IsDeleted', 'boolean', { ...identity, defaultValue: false }),
      field('Name', 'string', { length: 80, nameField: true }),
      field('Place__c', 'location'),
      field('Kind__c', 'combobox', { length: 40 }),
      field('Must__c', 'string', { length: 5, nillable: false }),
      field('Filled__c', 'string', { length: 5, nillable: false, defaultedOnCreate: true }),
      field('Plant__c', 'reference', { referenceTo: ['Plant__c'], relationshipName: 'Plant__r', length: 18 }),
      field('CreatedDate', 'datetime', identity),
      field('LastModifiedDate', 'datetime', identity),
      field('SystemModstamp', 'datetime', identity),
    ],
  }
  const emulator = await startEmulator(t, { describes: [{ status: 0, result: describe }] })
  const create = (body: object) => send(emulator, 'POST', data('/sobjects/Machine__c'), { body })
  assert.equal((await create({ Name: 'M' })).json[0].message, 'Required fields are missing: [Must__c]')
  const saved = await create({ Name: 'M', Must__c: 'x', Kind__c: 'big', Plant__c: 'a0Z000000000001AAA' })
  assert.equal(saved.status, 201, saved.text)
  assert.match(saved.json.id, /^a7X/)
})

test('what cannot be a schema is refused in a sentence', () => {
  const refused: [sources: Parameters<typeof buildSchema>[0], message: RegExp][] = [
    [{ describes: [{}] }, /^describes\[0\] is no describe/],
    [{ custom: { objects: [{ name: 'Invoice' }] } }, /custom object Invoice; such a name ends in __c/],
    [{ custom: { objects: [{ name: 'A__c' }, { name: 'A__c' }] } }, /object A__c twice/],
    [
      { custom: { objects: [{ name: 'A__c', keyPrefix: '001' }] } },
      /A__c and Account cannot both have the key prefix 001/,
    ],
    [{ custom: { fields: { Nothing: [] } } }, /Nothing, which is no object/],
    [{ custom: { fields: { Account: [{ name: 'Size', type: 'string' }] } } }, /custom field of Account Size/],
  ]
  for (const [sources, message] of refused) assert.throws(() => buildSchema(sources), { message })
})

test('custom objects and fields come from a few words', async (t) => {
  const schema = {
    objects: [
      {
        name: 'Invoice__c',
        autoNumber: true,
        fields: [
          { name: 'Account__c', type: 'reference', referenceTo: ['Account'], children: 'Invoices' },
          { name: 'Total__c', type: 'currency', precision: 10, scale: 2, required: true },
          { name: 'State__c', type: 'picklist', values: ['Draft', 'Sent'], defaultValue: 'Draft', restricted: true },
          { name: 'Number__c', type: 'string', length: 20, externalId: true, unique: true },
        ],
      },
    ],
    fields: { Account: [{ name: 'Size__c', type: 'int' }] },
  } as const
  const emulator = await startEmulator(t, { schema })
  const { json: account } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A', Size__c: 3 } })
  const road = data('/sobjects/Invoice__c/Number__c/I-1')
  const saved = await send(emulator, 'PATCH', road, { body: { Account__c: account.id, Total__c: 9.5 } })
  assert.equal(saved.status, 201, saved.text)
  const soql = 'SELECT Size__c, (SELECT Name, Total__c, State__c, Account__r.Name FROM Invoices__r) FROM Account'
  const { json } = await send(emulator, 'GET', data(`/query?q=${encodeURIComponent(soql)}`))
  const [invoice] = json.records[0].Invoices__r.records
  assert.deepEqual(
    [json.records[0].Size__c, invoice.Name, invoice.Total__c, invoice.State__c, invoice.Account__r.Name],
    [3, '00000001', 9.5, 'Draft', 'A'],
  )
  const refused = await send(emulator, 'PATCH', road, { body: { State__c: 'Lost' } })
  assert.equal(refused.json[0].errorCode, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST')
})
