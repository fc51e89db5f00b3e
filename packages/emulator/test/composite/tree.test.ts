import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Emulator } from '../../src/index.ts'
import { type Answer, data, send, startEmulator } from '../support/harness.ts'

type Node = Record<string, unknown>

const node = (type: string, referenceId: string, fields: object = {}): Node => ({
  attributes: { type, referenceId },
  ...(type === 'Contact' ? { LastName: referenceId } : { Name: referenceId }),
  ...fields,
})

const plant = (emulator: Emulator, records: readonly Node[], object = 'Account'): Promise<Answer> =>
  send(emulator, 'POST', data(`/composite/tree/${object}`), { body: { records } })

const count = async (emulator: Emulator, object: string): Promise<number> =>
  (await send(emulator, 'GET', data(`/query?q=SELECT+count()+FROM+${object}`))).json.totalSize

/** A chain of accounts, each the parent of the next. */
const chain = (levels: number): Node =>
  node('Account', `level${levels}`, levels > 1 ? { ChildAccounts: { records: [chain(levels - 1)] } } : {})

test('trees are created level by level and answer with the Id of each reference', async (t) => {
  const emulator = await startEmulator(t)
  const contacts = [node('Contact', 'ref2', { lastname: 'Smith' }), node('Contact', 'ref3')]
  const { status, json } = await plant(emulator, [
    node('Account', 'ref1', { phone: '1', numberOfEmployees: '100', Contacts: { records: contacts } }),
    node('Account', 'ref4'),
  ])
  assert.equal(status, 201)
  assert.equal(json.hasErrors, false)
  const results: { referenceId: string; id: string }[] = json.results
  assert.deepEqual(
    results.map(({ referenceId, id }) => [referenceId, id.slice(0, 3)]),
    [
      ['ref1', '001'],
      ['ref4', '001'],
      ['ref2', '003'],
      ['ref3', '003'],
    ],
  )
  const contact = await send(emulator, 'GET', data(`/sobjects/Contact/${results[2]?.id}?fields=AccountId,LastName`))
  assert.deepEqual([contact.json.AccountId, contact.json.LastName], [results[0]?.id, 'Smith'])
})

test('children hang on their own parent at every level down to the fifth', async (t) => {
  const emulator = await startEmulator(t)
  assert.equal((await plant(emulator, [chain(5)])).status, 201)
  const soql = "SELECT Name, Parent.Parent.Parent.Parent.Name FROM Account WHERE Name = 'level1'"
  const { json } = await send(emulator, 'GET', data(`/query?q=${encodeURIComponent(soql)}`))
  assert.equal(json.records[0].Parent.Parent.Parent.Parent.Name, 'level5')
})

test('a bad record leaves nothing of the call behind and is the only one told', async (t) => {
  const emulator = await startEmulator(t)
  const contacts = [
    node('Contact', 'good'),
    node('Contact', 'bad', { email: '123' }),
    node('Contact', 'worse', { LastName: '' }),
  ]
  const { status, json } = await plant(emulator, [node('Account', 'root', { Contacts: { records: contacts } })])
  assert.equal(status, 400)
  assert.deepEqual(json, {
    hasErrors: true,
    results: [
      {
        referenceId: 'bad',
        errors: [
          { statusCode: 'INVALID_EMAIL_ADDRESS', message: 'Email: invalid email address: 123', fields: ['Email'] },
        ],
      },
      {
        referenceId: 'worse',
        errors: [
          {
            statusCode: 'REQUIRED_FIELD_MISSING',
            message: 'Required fields are missing: [LastName]',
            fields: ['LastName'],
          },
        ],
      },
    ],
  })
  assert.equal(await count(emulator, 'Account'), 0)
  assert.equal(await count(emulator, 'Contact'), 0)
})

test('a reference ID given twice is told once for each record that has it', async (t) => {
  const emulator = await startEmulator(t)
  const { status, json } = await plant(emulator, [node('Account', 'a'), node('Account', 'b'), node('Account', 'a')])
  assert.equal(status, 400)
  const errors = [
    { statusCode: 'INVALID_INPUT', message: 'Duplicate ReferenceId provided in the request.', fields: [] },
  ]
  assert.deepEqual(json, {
    hasErrors: true,
    results: [
      { referenceId: 'a', errors },
      { referenceId: 'a', errors },
    ],
  })
})

test('records of another type and unknown relationships are told by reference ID', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await plant(emulator, [node('Contact', 'c'), node('Account', 'a', { Friends: { records: [] } })])
  assert.deepEqual(
    json.results.map((result: { referenceId: string; errors: { statusCode: string; message: string }[] }) => [
      result.referenceId,
      result.errors[0]?.statusCode,
      result.errors[0]?.message,
    ]),
    [
      ['c', 'INVALID_INPUT', 'Invalid entity type provided in the request: Contact'],
      ['a', 'INVALID_FIELD', "No such column 'Friends' on sobject of type Account"],
    ],
  )
})

test('a parent may be named by external id, as in a create', async (t) => {
  const emulator = await startEmulator(t)
  await plant(emulator, [node('Account', 'parent', { External_Id__c: 'p' })])
  const { status } = await plant(emulator, [node('Account', 'child', { Parent: { External_Id__c: 'p' } })])
  assert.equal(status, 201)
})

const REFUSED: [sentence: string, records: unknown, message: RegExp][] = [
  ['201 records', Array.from({ length: 201 }, (_, index) => node('Account', `r${index}`)), /more than 200 records/],
  ['six levels', [chain(6)], /more than 5 levels/],
  ['a record without a reference ID', [{ attributes: { type: 'Account' }, Name: 'A' }], /referenceId/],
  ['a record without attributes', [{ Name: 'A' }], /attributes/],
  ['a reference ID that begins with a sign', [node('Account', '-a')], /letter or a number/],
]
for (const [sentence, records, message] of REFUSED) {
  test(`the whole call is 400 for ${sentence}`, async (t) => {
    const emulator = await startEmulator(t)
    const { status, json } = await plant(emulator, records as Node[])
    assert.equal(status, 400)
    assert.equal(json[0].errorCode, 'INVALID_INPUT')
    assert.match(json[0].message, message)
    assert.equal(await count(emulator, 'Account'), 0)
  })
}

test('200 records are one call', async (t) => {
  const emulator = await startEmulator(t)
  const { status, json, headers } = await plant(
    emulator,
    Array.from({ length: 200 }, (_, index) => node('Account', `r${index}`)),
  )
  assert.equal(status, 201)
  assert.equal(json.results.length, 200)
  assert.equal(headers.get('sforce-limit-info'), 'api-usage=1/100000')
})

test('an unknown root object is 404', async (t) => {
  assert.equal((await plant(await startEmulator(t), [], 'Nothing')).status, 404)
})
