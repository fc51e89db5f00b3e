import assert from 'node:assert/strict'
import { test } from 'node:test'
import { data, send, startEmulator } from '../support/harness.ts'

const FAMILY = {
  Account: [{ attributes: { referenceId: 'acme' }, Name: 'Acme', External_Id__c: 'A-1' }],
  Contact: [
    { LastName: 'By name', AccountId: '@acme' },
    { LastName: 'By external id', Account: { External_Id__c: 'A-1' } },
  ],
}

test('records of several objects are seeded at once and may name each other', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await send(emulator, 'POST', '/_emulator/seed', { body: FAMILY, token: null })
  assert.equal(json.ids.length, 3)
  const q = encodeURIComponent('SELECT Account.Name FROM Contact')
  const { json: found } = await send(emulator, 'GET', data(`/query?q=${q}`))
  assert.deepEqual(
    found.records.map(({ Account }: { Account: { Name: string } }) => Account.Name),
    ['Acme', 'Acme'],
  )
})

test('the records of an exported tree tell their object themselves', async (t) => {
  const emulator = await startEmulator(t)
  const records = [{ attributes: { type: 'Account', referenceId: 'AccountRef1' }, Name: 'Acme' }]
  const { json } = await send(emulator, 'POST', '/_emulator/seed', { body: { records }, token: null })
  assert.match(json.ids[0], /^001/)
})

test('an org begins with records of its own, and has them again after a reset', async (t) => {
  const emulator = await startEmulator(t, { seed: FAMILY })
  await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'Later' } })
  emulator.reset()
  const { json } = await send(emulator, 'GET', data('/limits/recordCount?sObjects=Account,Contact'))
  assert.deepEqual(json.sObjects, [
    { count: 1, name: 'Account' },
    { count: 2, name: 'Contact' },
  ])
})

for (const [seed, words] of [
  [{ Account: [{ Name: 'A' }, { Nope: 1 }] }, /^Account\[1\]: No such column 'Nope'/],
  [{ Nothing: [{}] }, /^Nothing\[0\]: there is no object Nothing/],
  [{ records: [{ Name: 'A' }] }, /^records\[0\]: the attributes of the record name no type/],
  [{ Account: { Name: 'A' } }, /lists by the name of their object/],
  [{ Contact: [{ LastName: 'A', AccountId: '@nobody' }] }, /^Contact\[0\]: /],
] as const) {
  test(`${JSON.stringify(seed)} is refused with the place that is wrong, and nothing of it is created`, async (t) => {
    const emulator = await startEmulator(t)
    const { status, json } = await send(emulator, 'POST', '/_emulator/seed', { body: seed, token: null })
    assert.equal(status, 400)
    assert.match(json[0].message, words)
    const { json: counts } = await send(emulator, 'GET', data('/limits/recordCount?sObjects=Account'))
    assert.deepEqual(counts.sObjects, [])
  })
}
