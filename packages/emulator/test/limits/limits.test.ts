import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bulkQuery, ingest } from '../bulk/jobs.ts'
import { caller } from '../query/calls.ts'
import { data, send, startEmulator, testClock } from '../support/harness.ts'

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

test('limits tells what is left of the daily calls, itself counted, as its header does', async (t) => {
  const emulator = await startEmulator(t)
  await send(emulator, 'GET', data('/sobjects'))
  const { json, headers } = await send(emulator, 'GET', data('/limits'))
  assert.deepEqual(json.DailyApiRequests, { Max: 100_000, Remaining: 99_998 })
  assert.equal(headers.get('sforce-limit-info'), 'api-usage=2/100000')
})

test('limits tells what bulk jobs used up, until it is a day old', async (t) => {
  const clock = testClock()
  const emulator = await startEmulator(t, { clock, sessionSeconds: 1_000_000 })
  const left = async (): Promise<number[]> => {
    const { json } = await send(emulator, 'GET', data('/limits'))
    return [json.DailyBulkApiBatches, json.DailyBulkV2QueryJobs, json.DailyBulkV2QueryFileStorageMB].map(
      ({ Remaining }) => Remaining,
    )
  }
  assert.deepEqual(await left(), [15_000, 10_000, 976_562])
  // One row more than a batch has; the names are a megabyte of results and something.
  emulator.pace.set({ reads: 1 })
  const call = caller(emulator)
  await ingest(call, { object: 'Account', operation: 'insert' }, `Name\n${`${'x'.repeat(120)}\n`.repeat(10_001)}`)
  assert.equal((await bulkQuery(call, 'SELECT Name FROM Account')).numberRecordsProcessed, 10_001)
  assert.deepEqual(await left(), [14_998, 9999, 976_560])
  clock.advance(24 * 3_600_000)
  assert.deepEqual(await left(), [15_000, 10_000, 976_562])
})

test('recordCount leaves out objects without records and unknown names', async (t) => {
  const emulator = await startEmulator(t)
  await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A' } })
  const { json } = await send(emulator, 'GET', data('/limits/recordCount?sObjects=Account,Contact,Nothing'))
  assert.deepEqual(json, { sObjects: [{ count: 1, name: 'Account' }] })
})

test('beyond the limit every call is refused and none counts, until the oldest are a day old', async (t) => {
  const clock = testClock()
  const emulator = await startEmulator(t, { clock, apiLimit: 2, sessionSeconds: 1_000_000 })
  await send(emulator, 'GET', data('/sobjects'))
  clock.advance(3_600_000)
  await send(emulator, 'GET', data('/sobjects'))
  for (const path of [data('/limits'), data('/sobjects'), '/services/apexrest/echo']) {
    const { status, json, headers } = await send(emulator, 'GET', path)
    assert.equal(status, 403, path)
    assert.deepEqual(json, [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }])
    assert.equal(headers.get('sforce-limit-info'), 'api-usage=2/2')
  }
  clock.advance(23 * 3_600_000)
  const { status, headers } = await send(emulator, 'GET', data('/sobjects'))
  assert.deepEqual([status, headers.get('sforce-limit-info')], [200, 'api-usage=2/2'])
})

test('a login needs no call, and a subrequest of a batch beyond the limit is refused by itself', async (t) => {
  const emulator = await startEmulator(t, { apiLimit: 2 })
  const { clientId, clientSecret } = emulator.credentials
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  })
  assert.equal((await send(emulator, 'POST', '/services/oauth2/token', { body, token: null })).status, 200)
  const batchRequests = ['a', 'b', 'c'].map(() => ({ method: 'GET', url: 'v67.0/sobjects' }))
  const { json } = await send(emulator, 'POST', data('/composite/batch'), { body: { batchRequests } })
  assert.deepEqual(
    json.results.map(({ statusCode }: { statusCode: number }) => statusCode),
    [200, 200, 403],
  )
  assert.equal(json.results[2].result[0].errorCode, 'REQUEST_LIMIT_EXCEEDED')
})
