import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { caller } from '../query/calls.ts'
import { startEmulator } from '../support/harness.ts'

const ACCOUNT = JSON.stringify({ Name: 'Acme' })
const JSON_TYPE = { 'content-type': 'application/json' }

test('a body of another type is refused where JSON is expected, before anybody reads it', async (t) => {
  const call = caller(await startEmulator(t, { seed: 'empty' }))
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'text/csv', 'image/png']) {
    const headers = { 'content-type': type }
    const { status, json } = await call('POST', '/sobjects/Account', { body: ACCOUNT, headers })
    const message = `Content-Type header specified in HTTP request is not supported: ${type}`
    assert.deepEqual([status, json], [415, [{ message, errorCode: 'UNSUPPORTED_MEDIA_TYPE' }]])
  }
  assert.equal((await call('GET', '/query?q=SELECT+COUNT()+FROM+Account')).json.totalSize, 0)
})

test('a call without a body may say any type', async (t) => {
  const call = caller(await startEmulator(t, { seed: 'empty' }))
  const { id } = (await call('POST', '/sobjects/Account', { body: { Name: 'Acme' } })).json
  const headers = { 'content-type': 'text/plain' }
  assert.equal((await call('DELETE', `/sobjects/Account/${id}`, { headers })).status, 204)
})

test('a body may be packed with gzip or deflate', async (t) => {
  const call = caller(await startEmulator(t, { seed: 'empty' }))
  for (const [encoding, body] of Object.entries({ gzip: gzipSync(ACCOUNT), DEFLATE: deflateSync(ACCOUNT) })) {
    const headers = { ...JSON_TYPE, 'content-encoding': encoding }
    assert.equal((await call('POST', '/sobjects/Account', { body, headers })).status, 201, encoding)
  }
})

test('a body that is packed in another way is refused, also an upload', async (t) => {
  const call = caller(await startEmulator(t, { seed: 'empty' }))
  const body = brotliCompressSync(ACCOUNT)
  const order = { object: 'Account', operation: 'insert' }
  const job = (await call('POST', '/jobs/ingest', { body: order })).json.id
  for (const [method, path, type] of [
    ['POST', '/sobjects/Account', 'application/json'],
    ['PUT', `/jobs/ingest/${job}/batches`, 'text/csv'],
  ] as const) {
    const headers = { 'content-type': type, 'content-encoding': 'br' }
    const { status, json } = await call(method, path, { body, headers })
    assert.deepEqual([status, json[0].errorCode], [415, 'UNSUPPORTED_MEDIA_TYPE'])
    assert.match(json[0].message, /^Content-Encoding .*: br$/)
  }
})
