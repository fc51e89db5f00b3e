import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Emulator } from '../../src/index.ts'
import { send, startEmulator } from '../support/harness.ts'

const ROAD = '/services/oauth2/token'

function form({ credentials }: Emulator): URLSearchParams {
  const { clientId, clientSecret } = credentials
  return new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret })
}

test('parameters in anything but a form say nothing', async (t) => {
  const emulator = await startEmulator(t)
  const json = JSON.stringify(Object.fromEntries(form(emulator)))
  for (const [type, body] of [
    ['application/json', json],
    ['application/json', '{'],
    ['text/plain', form(emulator).toString()],
    ['application/octet-stream', json],
  ] as const) {
    const answer = await send(emulator, 'POST', ROAD, { body, headers: { 'content-type': type }, token: null })
    const refusal = { error: 'unsupported_grant_type', error_description: 'grant type not supported' }
    assert.deepEqual([answer.status, answer.json], [400, refusal], type)
  }
  const inAddress = await send(emulator, 'POST', `${ROAD}?${form(emulator)}`, { body: '{}', token: null })
  assert.equal(inAddress.status, 200)
})

test('a form that cannot be read is refused in the shape of OAuth', async (t) => {
  const emulator = await startEmulator(t)
  const ask = async (body: Uint8Array<ArrayBuffer>, type: string): Promise<Response> =>
    fetch(emulator.url + ROAD, { method: 'POST', body, headers: { 'content-type': type, 'content-encoding': 'gzip' } })
  const packed = new Uint8Array(gzipSync(String(form(emulator))))
  const urlencoded = 'application/x-www-form-urlencoded'
  assert.equal((await ask(packed, urlencoded)).status, 200)
  const torn = await ask(packed.slice(0, -9), urlencoded)
  assert.equal(torn.status, 400)
  assert.equal(((await torn.json()) as { error: string }).error, 'invalid_request')
  assert.equal((await ask(packed.slice(0, -9), 'application/json')).status, 400)
  assert.equal((await ask(packed, urlencoded)).status, 200)
})

test('of a parameter given twice the first counts', async (t) => {
  const emulator = await startEmulator(t)
  const twice = form(emulator)
  for (const [name] of form(emulator)) twice.append(name, 'other')
  twice.append('scope', 'api')
  assert.equal((await send(emulator, 'POST', ROAD, { body: twice, token: null })).status, 200)
})

test('a Basic header that is not percent-encoded names no client', async (t) => {
  const emulator = await startEmulator(t)
  const headers = { authorization: `Basic ${Buffer.from('%zz:%').toString('base64')}` }
  const body = new URLSearchParams({ grant_type: 'client_credentials' })
  const { status, json } = await send(emulator, 'POST', ROAD, { body, headers, token: null })
  assert.deepEqual([status, json.error], [400, 'invalid_client_id'])
})

test('a token cannot be asked for by GET', async (t) => {
  const emulator = await startEmulator(t)
  const { status, json } = await send(emulator, 'GET', `${ROAD}?${form(emulator)}`, { token: null })
  assert.deepEqual([status, json.error], [405, 'invalid_request'])
  assert.match(json.error_description, /Allowed are POST$/)
})
