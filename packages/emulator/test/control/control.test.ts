import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import type { Emulator } from '../../src/index.ts'
import { type Answer, data, send, startEmulator } from '../support/harness.ts'

function control(emulator: Emulator, name: string, body?: unknown): Promise<Answer> {
  return send(emulator, body === undefined ? 'GET' : 'POST', `/_emulator/${name}`, { body, token: null })
}

test('the list of roads names every road there is', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await control(emulator, '')
  for (const road of Object.keys(json.roads)) {
    const [method = '', path = ''] = road.split(' ')
    const { status } = await send(emulator, method, path, { body: method === 'POST' ? {} : undefined })
    assert.notEqual(status, 501, road)
  }
})

test('seed creates records, all or none', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await control(emulator, 'seed', { object: 'account', records: [{ Name: 'A' }, { name: 'B' }] })
  assert.equal(json.ids.length, 2)
  const bad = await control(emulator, 'seed', { object: 'Account', records: [{ Name: 'C' }, { Nope: 1 }] })
  assert.equal(bad.status, 400)
  const { json: counts } = await send(emulator, 'GET', data('/limits/recordCount?sObjects=Account'))
  assert.equal(counts.sObjects[0].count, 2)
  assert.match((await control(emulator, 'seed', {})).json[0].message, /seed needs/)
})

test('faults are armed by JSON, with a pattern between slashes, and cleared', async (t) => {
  const emulator = await startEmulator(t)
  const faults = [
    { path: '/\\/limits$/', status: 500 },
    { path: '/sobjects', status: 502, times: 9 },
  ]
  assert.deepEqual((await control(emulator, 'faults', faults)).json, { armed: 2 })
  assert.equal((await send(emulator, 'GET', data('/limits'))).status, 500)
  assert.equal((await send(emulator, 'GET', data('/sobjects'))).status, 502)
  await control(emulator, 'faults', { clear: true })
  assert.equal((await send(emulator, 'GET', data('/sobjects'))).status, 200)
  for (const bad of [{}, 1, { path: '/x' }, { path: '/(/', status: 500 }]) {
    assert.equal((await control(emulator, 'faults', bad)).status, 400, JSON.stringify(bad))
  }
})

test('pace takes its three forms and nothing else', async (t) => {
  const emulator = await startEmulator(t)
  for (const pace of ['at-once', { reads: 2 }, { milliseconds: 10 }]) {
    assert.deepEqual((await control(emulator, 'pace', { pace })).json, { pace })
  }
  for (const pace of ['fast', { reads: -1 }, { reads: 1, milliseconds: 1 }, null]) {
    assert.equal((await control(emulator, 'pace', { pace })).status, 400)
  }
})

test('a certificate that is none is refused', async (t) => {
  const emulator = await startEmulator(t)
  const { status, json } = await control(emulator, 'certificates', { certificate: 'nonsense' })
  assert.equal(status, 400)
  assert.match(json[0].message, /PEM/)
})

test('reset brings back the state of the start and keeps the credentials good', async (t) => {
  const emulator = await startEmulator(t)
  const { json: made } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A' } })
  emulator.faults.add({ path: '/limits', status: 500 })
  await control(emulator, 'reset', {})
  assert.deepEqual(emulator.requests(), [])
  assert.equal((await send(emulator, 'GET', data(`/sobjects/Account/${made.id}`))).status, 404)
  const { status, headers } = await send(emulator, 'GET', data('/limits'))
  assert.deepEqual([status, headers.get('sforce-limit-info')], [200, 'api-usage=2/100000'])
})

test('requests lists what arrived, without secrets and without the control plane', async (t) => {
  const emulator = await startEmulator(t)
  const { clientId, clientSecret, accessToken } = emulator.credentials
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_secret: clientSecret,
    client_id: clientId,
  })
  await send(emulator, 'POST', `/services/oauth2/token?client_secret=${clientSecret}&x=1`, { body: form, token: null })
  await send(emulator, 'GET', data(`/query?q=SELECT+Id+FROM+Account&oauth_token=${accessToken}`))
  const { json, text } = await control(emulator, 'requests')
  assert.deepEqual(
    json.requests.map(({ method, path, query, status }: Record<string, unknown>) => ({ method, path, query, status })),
    [
      { method: 'POST', path: '/services/oauth2/token', query: { x: '1' }, status: 200 },
      { method: 'GET', path: data('/query'), query: { q: 'SELECT Id FROM Account' }, status: 200 },
    ],
  )
  assert.ok(!text.includes(accessToken))
  assert.ok(!text.includes(clientSecret))
})

test('a web page cannot reach the control plane by its Origin or by a name of its own', async (t) => {
  const emulator = await startEmulator(t)
  const origin = await send(emulator, 'POST', '/_emulator/reset', { headers: { origin: 'https://evil.example' } })
  assert.equal(origin.status, 403)
  const { port } = new URL(emulator.url)
  assert.equal(await statusFor(emulator, `evil.example:${port}`), 403)
  assert.equal(await statusFor(emulator, `localhost:${port}`), 200)
  assert.equal(await statusFor(emulator, `[::1]:${port}`), 200)
})

function statusFor(emulator: Emulator, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${emulator.url}/_emulator/requests`, { headers: { host } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
      .on('error', reject)
      .end()
  })
}
