import assert from 'node:assert/strict'
import { test } from 'node:test'
import { data, send, startEmulator } from '../support/harness.ts'

test('a status with a code happens once, to the matching request only', async (t) => {
  const emulator = await startEmulator(t)
  emulator.faults.add({ method: 'get', path: '/limits', status: 503, errorCode: 'SERVER_UNAVAILABLE', message: 'busy' })
  assert.equal((await send(emulator, 'GET', data('/sobjects'))).status, 200)
  const hit = await send(emulator, 'GET', data('/limits'))
  assert.equal(hit.status, 503)
  assert.deepEqual(hit.json, [{ message: 'busy', errorCode: 'SERVER_UNAVAILABLE' }])
  assert.equal((await send(emulator, 'GET', data('/limits'))).status, 200)
})

test('times says how often, and a pattern says where', async (t) => {
  const emulator = await startEmulator(t)
  emulator.faults.add({ path: /\/sobjects\/\w+\/describe$/, status: 500, times: 2 })
  const statuses: number[] = []
  for (let i = 0; i < 3; i++) statuses.push((await send(emulator, 'GET', data('/sobjects/Case/describe'))).status)
  assert.deepEqual(statuses, [500, 500, 200])
})

test('a pattern with the global flag meets every matching request', async (t) => {
  const emulator = await startEmulator(t)
  emulator.faults.add({ path: /limits/g, status: 500, times: 2 })
  assert.equal((await send(emulator, 'GET', data('/limits'))).status, 500)
  assert.equal((await send(emulator, 'GET', data('/limits'))).status, 500)
})

test('probability is decided by the given random numbers', async (t) => {
  const numbers = [0.9, 0.2]
  const emulator = await startEmulator(t, { random: () => numbers.shift() ?? 1 })
  emulator.faults.add({ path: '/limits', status: 500, probability: 0.5, times: Number.POSITIVE_INFINITY })
  const statuses: number[] = []
  for (let i = 0; i < 3; i++) statuses.push((await send(emulator, 'GET', data('/limits'))).status)
  assert.deepEqual(statuses, [200, 500, 200])
})

test('a body and headers are sent as they are', async (t) => {
  const emulator = await startEmulator(t)
  const headers = { 'content-type': 'text/html', 'retry-after': '7' }
  emulator.faults.add({ path: '/limits', status: 503, headers, body: '<html>down</html>' })
  const { status, text, headers: seen } = await send(emulator, 'GET', data('/limits'))
  assert.deepEqual([status, text, seen.get('retry-after')], [503, '<html>down</html>', '7'])
  assert.equal(seen.get('content-type'), 'text/html')
})

test('a reset drops the connection without an answer', async (t) => {
  const emulator = await startEmulator(t)
  emulator.faults.add({ path: '/limits', reset: true })
  await assert.rejects(send(emulator, 'GET', data('/limits')), (error: Error) => {
    assert.equal((error.cause as { code?: string }).code, 'ECONNRESET')
    return true
  })
  assert.equal(emulator.requests()[0]?.status, null)
})

test('a truncated body breaks off, packed or not', async (t) => {
  const emulator = await startEmulator(t)
  for (const encoding of ['gzip', 'identity']) {
    emulator.faults.add({ path: '/describe', truncate: 100 })
    const headers = { 'accept-encoding': encoding }
    await assert.rejects(send(emulator, 'GET', data('/sobjects/Case/describe'), { headers }), encoding)
  }
  assert.equal((await send(emulator, 'GET', data('/sobjects/Case/describe'))).status, 200)
})

test('a fault after the work leaves the work done', async (t) => {
  const emulator = await startEmulator(t)
  const create = (Name: string): ReturnType<typeof send> =>
    send(emulator, 'POST', data('/sobjects/Account'), { body: { Name } })
  emulator.faults.add({ path: '/sobjects/Account', reset: true, after: true })
  await assert.rejects(create('reset'))
  emulator.faults.add({ path: '/sobjects/Account', status: 504, body: 'Gateway Timeout', after: true })
  const late = await create('another answer')
  assert.deepEqual(
    [late.status, late.text, late.headers.get('content-type')],
    [504, 'Gateway Timeout', 'text/plain; charset=utf-8'],
  )
  emulator.faults.add({ path: '/sobjects/Account', delay: 1, errorCode: 'UNKNOWN_EXCEPTION', after: true })
  assert.equal((await create('a late error')).json[0].errorCode, 'UNKNOWN_EXCEPTION')
  emulator.faults.add({ path: '/sobjects/Account', expireSession: true, after: true })
  assert.equal((await create('no session any more')).status, 201)
  assert.equal((await create('nothing')).status, 401)
  const { clientId, clientSecret } = emulator.credentials
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  })
  const login = await send(emulator, 'POST', '/services/oauth2/token', { body, token: null })
  const token: string = login.json.access_token
  const soql = encodeURIComponent('SELECT Name FROM Account ORDER BY Name')
  const saved = await send(emulator, 'GET', data(`/query?q=${soql}`), { token })
  assert.deepEqual(
    saved.json.records.map(({ Name }: { Name: string }) => Name),
    ['a late error', 'another answer', 'no session any more', 'reset'],
  )
})

test('an expired session is met by the very request, which does not do its work', async (t) => {
  const emulator = await startEmulator(t)
  emulator.faults.add({ path: '/sobjects/Account', expireSession: true })
  const { status, json } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A' } })
  assert.deepEqual([status, json[0].errorCode], [401, 'INVALID_SESSION_ID'])
  assert.equal((await send(emulator, 'GET', data('/limits'))).status, 401)
})

test('a delay lets the real answer through, later', async (t) => {
  const emulator = await startEmulator(t)
  emulator.faults.add({ path: '/limits', delay: 1 })
  assert.equal((await send(emulator, 'GET', data('/limits'))).status, 200)
})

test('faults happen in the order they were added, and clear disarms them', async (t) => {
  const emulator = await startEmulator(t)
  emulator.faults.add({ path: '/limits', status: 500 })
  emulator.faults.add({ path: '/limits', status: 502 })
  emulator.faults.add({ path: '/limits', status: 504 })
  assert.equal((await send(emulator, 'GET', data('/limits'))).status, 500)
  assert.equal((await send(emulator, 'GET', data('/limits'))).status, 502)
  emulator.faults.clear()
  assert.equal((await send(emulator, 'GET', data('/limits'))).status, 200)
})

test('a fault that would do nothing is refused', async (t) => {
  const emulator = await startEmulator(t)
  assert.throws(() => emulator.faults.add({ path: '/limits' }), TypeError)
  assert.throws(() => emulator.faults.add({ status: 500 } as never), TypeError)
})

test('a fault that skips lets so many requests through, to the faults behind it too', async (t) => {
  const emulator = await startEmulator(t)
  emulator.faults.add({ path: '/limits', status: 500, skip: 2 })
  emulator.faults.add({ path: '/limits', status: 502, skip: 1 })
  const statuses: number[] = []
  for (let i = 0; i < 4; i++) statuses.push((await send(emulator, 'GET', data('/limits'))).status)
  assert.deepEqual(statuses, [200, 502, 500, 200])
})

test('the list tells what is armed and how much of it is left', async (t) => {
  const emulator = await startEmulator(t)
  const fault = { path: '/limits', status: 500, skip: 1, times: 2 }
  emulator.faults.add(fault)
  const seen: unknown[] = []
  for (let i = 0; i < 4; i++) {
    seen.push(...emulator.faults.list().map(({ skipping, left }) => [skipping, left]))
    await send(emulator, 'GET', data('/limits'))
  }
  assert.deepEqual(seen, [
    [1, 2],
    [0, 2],
    [0, 1],
  ])
})

test('faults of the start are armed again by a reset', async (t) => {
  const emulator = await startEmulator(t, { faults: [{ path: '/limits', status: 500 }] })
  emulator.faults.add({ path: '/sobjects', status: 502 })
  assert.equal((await send(emulator, 'GET', data('/limits'))).status, 500)
  emulator.reset()
  assert.equal((await send(emulator, 'GET', data('/limits'))).status, 500)
  assert.equal((await send(emulator, 'GET', data('/sobjects'))).status, 200)
})

test('a setting that makes no sense is refused with what would', async (t) => {
  const emulator = await startEmulator(t)
  for (const [setting, words] of [
    [{ status: 99 }, /status of a fault must be a whole number from 200 to 599/],
    [{ status: 500, times: 0 }, /times of a fault must be/],
    [{ status: 500, skip: -1 }, /skip of a fault must be/],
    [{ status: 500, probability: 2 }, /probability of a fault must be a number from 0 to 1/],
    [{ status: 500, tmies: 2 }, /A fault has no tmies; it takes method, path/],
    [{ delay: '5' }, /delay of a fault must be/],
    [{ reset: false }, /at least one effect/],
    [{ after: true }, /at least one effect/],
    [{ status: 500, after: 1 }, /after of a fault must be true or false/],
    [{ truncate: 5, ending: 'fin' }, /ending of a fault must be drop, whole or silence/],
    [{ reset: true, ending: 'drop' }, /ending of a fault goes with truncate/],
    [{ headers: { 'x-y': 'a\r\nb: c' } }, /headers of a fault must be/],
    [{ headers: { 'x y': 'a' } }, /headers of a fault must be/],
  ] as const) {
    assert.throws(() => emulator.faults.add({ path: '/limits', ...setting } as never), words)
  }
})
