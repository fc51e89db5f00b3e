import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Emulator } from '../../src/index.ts'
import { data, send, startEmulator } from '../support/harness.ts'

async function family(emulator: Emulator): Promise<{ account: string; contacts: string[] }> {
  const create = async (object: string, body: object): Promise<string> =>
    (await send(emulator, 'POST', data(`/sobjects/${object}`), { body })).json.id
  const account = await create('Account', { Name: 'Parent' })
  const contacts = [
    await create('Contact', { LastName: 'One', AccountId: account }),
    await create('Contact', { LastName: 'Two', AccountId: account }),
  ]
  return { account, contacts }
}

test('a relationship leads to the parent, and on to its parent, with the fields asked for', async (t) => {
  const emulator = await startEmulator(t)
  const { account, contacts } = await family(emulator)
  const parent = await send(emulator, 'GET', data(`/sobjects/Contact/${contacts[0]}/account?fields=Name`))
  assert.deepEqual(parent.json, {
    attributes: { type: 'Account', url: data(`/sobjects/Account/${account}`) },
    Name: 'Parent',
    Id: account,
  })
  const owner = await send(emulator, 'GET', data(`/sobjects/Contact/${contacts[0]}/Account/Owner`))
  assert.equal(owner.json.Username, 'demo@forcewire.example')
})

test('a relationship leads to the children as the pages of a query do', async (t) => {
  const emulator = await startEmulator(t)
  const { account, contacts } = await family(emulator)
  const { json } = await send(emulator, 'GET', data(`/sobjects/Account/${account}/Contacts?fields=Id,LastName`))
  assert.deepEqual([json.totalSize, json.done], [2, true])
  assert.deepEqual(
    json.records.map(({ Id, LastName }: { Id: string; LastName: string }) => [Id, LastName]),
    [
      [contacts[0], 'One'],
      [contacts[1], 'Two'],
    ],
  )
  const none = await send(emulator, 'GET', data(`/sobjects/Account/${account}/Cases`))
  assert.deepEqual([none.status, none.json], [200, { totalSize: 0, done: true, records: [] }])
})

test('more than a page of children goes on at a nextRecordsUrl', async (t) => {
  const emulator = await startEmulator(t)
  const { account } = await family(emulator)
  for (let index = 0; index < 199; index += 1) {
    await send(emulator, 'POST', data('/sobjects/Contact'), { body: { LastName: 'More', AccountId: account } })
  }
  const headers = { 'sforce-query-options': 'batchSize=200' }
  const { json } = await send(emulator, 'GET', data(`/sobjects/Account/${account}/Contacts`), { headers })
  assert.deepEqual([json.totalSize, json.done, json.records.length], [201, false, 200])
  const { json: rest } = await send(emulator, 'GET', json.nextRecordsUrl)
  assert.deepEqual([rest.done, rest.records.length], [true, 1])
})

test('the parent can be changed and deleted through the relationship', async (t) => {
  const emulator = await startEmulator(t)
  const { account, contacts } = await family(emulator)
  const road = data(`/sobjects/Contact/${contacts[0]}/Account`)
  assert.equal((await send(emulator, 'PATCH', road, { body: { Name: 'Changed' } })).status, 204)
  const { json } = await send(emulator, 'GET', data(`/sobjects/Account/${account}`))
  assert.equal(json.Name, 'Changed')
  assert.equal((await send(emulator, 'DELETE', road)).status, 204)
  assert.equal((await send(emulator, 'GET', data(`/sobjects/Account/${account}`))).status, 404)
})

test('no parent and an unknown relationship are 404, an unknown field 400, a write to children 405', async (t) => {
  const emulator = await startEmulator(t)
  const { account } = await family(emulator)
  const status = async (method: string, path: string): Promise<number> =>
    (
      await send(emulator, method, data(`/sobjects/Account/${account}${path}`), {
        body: method === 'PATCH' ? {} : undefined,
      })
    ).status
  assert.equal(await status('GET', '/Parent'), 404)
  assert.equal(await status('GET', '/Nothings'), 404)
  assert.equal(await status('GET', '/Owner?fields=Nmae'), 400)
  assert.equal(await status('PATCH', '/Contacts'), 405)
})
