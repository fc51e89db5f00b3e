import assert from 'node:assert/strict'
import { test } from 'node:test'
import { data, send, startEmulator } from '../support/harness.ts'

test('every answered call on a data road counts and says so, refusals and empty answers too', async (t) => {
  const emulator = await startEmulator(t)
  const first = await send(emulator, 'GET', data('/sobjects'))
  assert.equal(first.headers.get('sforce-limit-info'), 'api-usage=1/100000')
  const refused = await send(emulator, 'GET', data('/sobjects/Nothing'))
  assert.equal(refused.headers.get('sforce-limit-info'), 'api-usage=2/100000')
  const { json } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A' } })
  const deleted = await send(emulator, 'DELETE', data(`/sobjects/Account/${json.id}`))
  assert.equal(deleted.status, 204)
  assert.equal(deleted.headers.get('sforce-limit-info'), 'api-usage=4/100000')
})

test('a call without a session does not count', async (t) => {
  const emulator = await startEmulator(t)
  const refused = await send(emulator, 'GET', data('/limits'), { token: null })
  assert.equal(refused.status, 401)
  assert.equal(refused.headers.get('sforce-limit-info'), null)
  const { headers } = await send(emulator, 'GET', data('/limits'))
  assert.equal(headers.get('sforce-limit-info'), 'api-usage=1/100000')
})

test('limits tells what is left of the daily calls', async (t) => {
  const emulator = await startEmulator(t)
  await send(emulator, 'GET', data('/sobjects'))
  const { json } = await send(emulator, 'GET', data('/limits'))
  assert.deepEqual(json.DailyApiRequests, { Max: 100_000, Remaining: 99_999 })
  assert.deepEqual(json.DailyBulkV2QueryJobs, { Max: 10_000, Remaining: 10_000 })
})

test('recordCount leaves out objects without records and unknown names', async (t) => {
  const emulator = await startEmulator(t)
  await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A' } })
  const { json } = await send(emulator, 'GET', data('/limits/recordCount?sObjects=Account,Contact,Nothing'))
  assert.deepEqual(json, { sObjects: [{ count: 1, name: 'Account' }] })
})
