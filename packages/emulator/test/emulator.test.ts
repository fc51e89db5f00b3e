import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createEmulator } from '../src/index.ts'
import { data, send, startEmulator, testClock } from './support/harness.ts'

test('two emulators share nothing', async (t) => {
  const one = await startEmulator(t)
  const two = await startEmulator(t)
  assert.notEqual(one.url, two.url)
  const { json } = await send(one, 'POST', data('/sobjects/Account'), { body: { Name: 'A' } })
  one.faults.add({ path: '/limits', status: 500 })
  assert.equal((await send(two, 'GET', data(`/sobjects/Account/${json.id}`))).status, 404)
  assert.equal((await send(two, 'GET', data('/limits'))).status, 200)
  assert.equal((await send(two, 'GET', data('/limits'), { token: one.credentials.accessToken })).status, 401)
  assert.equal(one.requests().length, 1)
  assert.notEqual(one.credentials.privateKey, two.credentials.privateKey)
})

test('it binds to loopback unless told otherwise', async (t) => {
  const emulator = await startEmulator(t)
  assert.match(emulator.url, /^http:\/\/127\.0\.0\.1:\d+$/)
})

test('a taken port is an error with the code of the system', async (t) => {
  const emulator = await startEmulator(t)
  const port = Number(new URL(emulator.url).port)
  await assert.rejects(createEmulator({ port }), { code: 'EADDRINUSE' })
})

test('expireSessions ends every session', async (t) => {
  const emulator = await startEmulator(t)
  emulator.expireSessions()
  assert.equal((await send(emulator, 'GET', data('/limits'))).status, 401)
})

test('the demo seed is the same every time and its records hang together', async (t) => {
  const clock = testClock()
  const [one, two] = [await startEmulator(t, { seed: 'demo', clock }), await startEmulator(t, { seed: 'demo', clock })]
  const road = data('/sobjects/Account/External_Id__c/DEMO-0042')
  const [first, second] = [await send(one, 'GET', road), await send(two, 'GET', road)]
  assert.deepEqual(first.json, second.json)
  const { json: counts } = await send(one, 'GET', data('/limits/recordCount'))
  const byName = Object.fromEntries(
    counts.sObjects.map((entry: { name: string; count: number }) => [entry.name, entry.count]),
  )
  const people = { Account: 300, Contact: 600, Lead: 300, User: 9, UserRole: 5, Profile: 3, Group: 2 }
  const sales = { Opportunity: 400, Campaign: 12, CampaignMember: 360, Product2: 12, PricebookEntry: 12 }
  const service = { Case: 400, Task: 500, Event: 150 }
  const expected: Record<string, number> = { ...people, ...sales, ...service }
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, byName[name]])), expected)
  const { json: contacts } = await send(one, 'GET', data('/sobjects/Contact'))
  const { json: contact } = await send(one, 'GET', data(`/sobjects/Contact/${contacts.recentItems[0].Id}`))
  assert.equal((await send(one, 'GET', data(`/sobjects/Account/${contact.AccountId}`))).status, 200)
})

test('reset brings the demo records back as they were', async (t) => {
  const emulator = await startEmulator(t, { seed: 'demo', clock: testClock() })
  const road = data('/sobjects/Account/External_Id__c/DEMO-0001')
  const before = await send(emulator, 'GET', road)
  await send(emulator, 'DELETE', road)
  emulator.reset()
  assert.deepEqual((await send(emulator, 'GET', road)).json, before.json)
})

test('a data file keeps the records from one start to the next', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'forcewire-emulator-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'org.sqlite')
  const first = await createEmulator({ data: file })
  const { json } = await send(first, 'POST', data('/sobjects/Account'), { body: { Name: 'Kept' } })
  await first.close()
  const second = await startEmulator(t, { data: file, seed: 'demo' })
  assert.equal((await send(second, 'GET', data(`/sobjects/Account/${json.id}`))).json.Name, 'Kept')
  const { json: next } = await send(second, 'POST', data('/sobjects/Account'), { body: { Name: 'Next' } })
  assert.ok(next.id > json.id)
  await second.close()
})

test('a data file keeps the cursors of queries that were not read to the end', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'forcewire-emulator-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'org.sqlite')
  const first = await createEmulator({ data: file, seed: 'demo' })
  const headers = { 'sforce-query-options': 'batchSize=200' }
  const records = Array.from({ length: 150 }, (_, row) => ({ attributes: { type: 'Account' }, Name: `Filler ${row}` }))
  await send(first, 'POST', data('/composite/sobjects'), { body: { records } })
  const road = data(`/query?q=${encodeURIComponent('SELECT Name, Owner.Username FROM Account ORDER BY Name')}`)
  const page = (await send(first, 'GET', road, { headers })).json
  const rest = (await send(first, 'GET', page.nextRecordsUrl, { headers })).json
  await first.close()
  const second = await startEmulator(t, { data: file })
  assert.deepEqual((await send(second, 'GET', page.nextRecordsUrl, { headers })).json, rest)
  const fresh = (await send(second, 'GET', road, { headers })).json
  assert.notEqual(fresh.nextRecordsUrl, page.nextRecordsUrl)
  second.reset()
  assert.equal((await send(second, 'GET', page.nextRecordsUrl, { headers })).status, 400)
  await second.close()
})

test('a running emulator ends with the block that holds it', async () => {
  let url = ''
  {
    await using emulator = await createEmulator()
    url = emulator.url
  }
  await assert.rejects(fetch(url))
})
