import assert from 'node:assert/strict'
import { get, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { data, send, startEmulator } from '../support/harness.ts'

test('a road that is not covered answers 501 and says so', async (t) => {
  const emulator = await startEmulator(t)
  for (const [method, path] of [
    ['GET', data('/tooling/query')],
    ['POST', data('/tooling/composite')],
    ['PUT', data('/tabs')],
  ] as const) {
    const { status, json } = await send(emulator, method, path)
    assert.equal(status, 501, path)
    assert.equal(json[0].errorCode, 'NOT_IMPLEMENTED')
    assert.ok(json[0].message.includes(`${method} ${path}`))
  }
})

test('a missing, malformed or unknown token is 401 with the error array', async (t) => {
  const emulator = await startEmulator(t)
  for (const token of [null, 'unknown', '']) {
    const { status, json } = await send(emulator, 'GET', data('/limits'), { token })
    assert.equal(status, 401)
    assert.deepEqual(json, [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }])
  }
})

test('the older OAuth scheme carries a session too', async (t) => {
  const emulator = await startEmulator(t)
  const headers = { authorization: `OAuth ${emulator.credentials.accessToken}` }
  assert.equal((await send(emulator, 'GET', data('/limits'), { headers, token: null })).status, 200)
})

test('a packed request body is unpacked, a broken one refused', async (t) => {
  const emulator = await startEmulator(t)
  const post = (body: Buffer) =>
    fetch(emulator.url + data('/sobjects/Account'), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${emulator.credentials.accessToken}`,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      },
      body: new Uint8Array(body),
    })
  assert.equal((await post(gzipSync('{"Name":"packed"}'))).status, 201)
  assert.equal((await post(Buffer.from('{"Name":"not packed"}'))).status, 400)
})

test('an empty answer of a handler that waits is sent and counted once', async (t) => {
  const emulator = await startEmulator(t)
  const body = { object: 'Account', operation: 'insert' }
  const { json } = await send(emulator, 'POST', data('/jobs/ingest'), { body })
  const headers = { 'content-type': 'text/csv' }
  const upload = await send(emulator, 'PUT', `/${json.contentUrl}`, { body: 'Name\nA\n', headers })
  assert.equal(upload.status, 201)
  assert.equal(emulator.requests().at(-1)?.status, 201)
  const { headers: next } = await send(emulator, 'GET', data('/limits'))
  assert.equal(next.get('sforce-limit-info'), 'api-usage=3/100000')
})

test('an answer is packed for those who accept gzip, when it is worth while', async (t) => {
  const emulator = await startEmulator(t)
  const fetchRaw = async (path: string, encoding: string) => {
    const headers = {
      authorization: `Bearer ${emulator.credentials.accessToken}`,
      'accept-encoding': encoding,
    }
    const answer = await new Promise<IncomingMessage>((resolve) => get(emulator.url + path, { headers }, resolve))
    return { encoding: answer.headers['content-encoding'], bytes: await buffer(answer) }
  }
  const packed = await fetchRaw(data('/sobjects'), 'deflate, gzip')
  assert.equal(packed.encoding, 'gzip')
  assert.equal(JSON.parse(gunzipSync(packed.bytes).toString()).encoding, 'UTF-8')
  assert.equal((await fetchRaw(data('/sobjects'), 'identity')).encoding, undefined)
  assert.equal((await fetchRaw(data('/sobjects'), 'gzip;q=0')).encoding, undefined)
  assert.equal((await fetchRaw('/_emulator/pace', 'gzip')).encoding, undefined)
})
