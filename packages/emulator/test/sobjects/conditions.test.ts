import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Emulator } from '../../src/index.ts'
import { data, send, startEmulator, testClock } from '../support/harness.ts'

const NOON = 'Thu, 01 Jan 2026 12:00:00 GMT'
const EARLIER = 'Thu, 01 Jan 2026 11:59:59 GMT'

async function roadTo(emulator: Emulator, object: string): Promise<string> {
  const { json } = await send(emulator, 'POST', data(`/sobjects/${object}`), { body: { Name: 'A' } })
  return data(`/sobjects/${object}/${json.id}`)
}

test('an unchanged record is 304 by date and by ETag, a changed one comes back', async (t) => {
  const clock = testClock()
  const emulator = await startEmulator(t, { clock })
  const road = await roadTo(emulator, 'Account')
  const status = async (headers: Record<string, string>): Promise<number> => {
    const answer = await send(emulator, 'GET', road, { headers })
    assert.equal(answer.text === '', answer.status !== 200)
    return answer.status
  }
  const { headers } = await send(emulator, 'GET', road)
  const etag = String(headers.get('etag'))
  assert.match(etag, /^".+="$/)
  assert.equal(headers.get('last-modified'), NOON)
  assert.equal(await status({ 'if-modified-since': NOON }), 304)
  assert.equal(await status({ 'if-none-match': `"other", ${etag}` }), 304)
  assert.equal(await status({ 'if-none-match': etag.replace(/"$/, '--gzip"') }), 304)
  assert.equal(await status({ 'if-unmodified-since': EARLIER }), 412)
  assert.equal(await status({ 'if-match': '"other"' }), 412)
  assert.equal(await status({ 'if-match': etag }), 200)
  clock.advance(1000)
  await send(emulator, 'PATCH', road, { body: { Name: 'B' } })
  assert.equal(await status({ 'if-modified-since': NOON }), 200)
  assert.equal(await status({ 'if-none-match': etag }), 200)
})

test('a write goes through only while the record is what the client takes it for', async (t) => {
  const emulator = await startEmulator(t, { clock: testClock() })
  const road = await roadTo(emulator, 'Account')
  const etag = String((await send(emulator, 'GET', road)).headers.get('etag'))
  const write = async (Name: string, headers: Record<string, string>): Promise<number> =>
    (await send(emulator, 'PATCH', road, { body: { Name }, headers })).status
  assert.equal(await write('late', { 'if-unmodified-since': EARLIER }), 412)
  assert.equal(await write('other', { 'if-match': '"other"' }), 412)
  assert.equal((await send(emulator, 'GET', road)).json.Name, 'A')
  assert.equal(await write('in time', { 'if-unmodified-since': NOON, 'if-match': etag }), 204)
  assert.equal(await write('late', { 'if-match': etag }), 412)
  assert.equal((await send(emulator, 'GET', road)).json.Name, 'in time')
})

test('a delete goes through only while the record is what the client takes it for', async (t) => {
  const emulator = await startEmulator(t, { clock: testClock() })
  const parent = await roadTo(emulator, 'Account')
  const etag = String((await send(emulator, 'GET', parent)).headers.get('etag'))
  const body = { LastName: 'C', AccountId: parent.split('/').at(-1) }
  const { json } = await send(emulator, 'POST', data('/sobjects/Contact'), { body })
  await send(emulator, 'PATCH', parent, { body: { External_Id__c: 'one' } })
  const roads = [parent, data('/sobjects/Account/External_Id__c/one'), data(`/sobjects/Contact/${json.id}/Account`)]
  for (const road of roads) {
    for (const headers of [{ 'if-match': etag }, { 'if-unmodified-since': EARLIER }]) {
      const { status, text } = await send(emulator, 'DELETE', road, { headers })
      assert.deepEqual([status, text], [412, ''], road)
    }
  }
  assert.equal((await send(emulator, 'GET', parent)).status, 200)
  assert.equal((await send(emulator, 'DELETE', parent, { headers: { 'if-unmodified-since': NOON } })).status, 204)
  assert.equal((await send(emulator, 'GET', parent)).status, 404)
})

test('a condition that is no date is 400 on a write and passed over on a read', async (t) => {
  const emulator = await startEmulator(t)
  const road = await roadTo(emulator, 'Account')
  const headers = { 'if-unmodified-since': 'tomorrow' }
  const answer = await send(emulator, 'PATCH', road, { body: { Name: 'B' }, headers })
  assert.deepEqual([answer.status, answer.json[0].errorCode], [400, 'BAD_REQUEST'])
  assert.equal((await send(emulator, 'GET', road, { headers })).status, 200)
})

test('only accounts have an ETag; the global describe is conditional by date', async (t) => {
  const emulator = await startEmulator(t, { clock: testClock() })
  const { json } = await send(emulator, 'POST', data('/sobjects/Contact'), { body: { LastName: 'C' } })
  const contact = await send(emulator, 'GET', data(`/sobjects/Contact/${json.id}`))
  assert.equal(contact.headers.get('etag'), null)
  const since = { 'if-modified-since': NOON }
  assert.equal((await send(emulator, 'GET', data('/sobjects'), { headers: since })).status, 304)
})
