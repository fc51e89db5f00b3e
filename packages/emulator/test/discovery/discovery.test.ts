import assert from 'node:assert/strict'
import { test } from 'node:test'
import { data, send, startEmulator } from '../support/harness.ts'

test('the list of versions needs no session, counts no call and ends with Summer 26', async (t) => {
  const emulator = await startEmulator(t)
  const { status, json, headers } = await send(emulator, 'GET', '/services/data', { token: null })
  assert.equal(status, 200)
  assert.deepEqual(json.at(-1), { label: "Summer '26", url: '/services/data/v67.0', version: '67.0' })
  assert.deepEqual(json[1], { label: "Winter '15", url: '/services/data/v32.0', version: '32.0' })
  assert.equal(headers.get('sforce-limit-info'), null)
})

test('a version lists its resources, with and without a slash at the end', async (t) => {
  const emulator = await startEmulator(t)
  for (const path of [data(''), data('/')]) {
    const { status, json } = await send(emulator, 'GET', path)
    assert.equal(status, 200)
    assert.equal(json.sobjects, '/services/data/v67.0/sobjects')
    assert.match(json.identity, /\/id\/00D\w{15}\/005\w{15}$/)
  }
})

test('a version that does not exist is 404 NOT_FOUND', async (t) => {
  const emulator = await startEmulator(t)
  for (const version of ['v99.0', 'v20.0', 'v67', 'v67.5']) {
    const { status, json } = await send(emulator, 'GET', `/services/data/${version}/limits`)
    assert.equal(status, 404, version)
    assert.equal(json[0].errorCode, 'NOT_FOUND')
  }
})

test('a road with doubled slashes is the same road', async (t) => {
  const emulator = await startEmulator(t)
  const { status } = await send(emulator, 'GET', '//services/data//v67.0/sobjects/Account/describe?x=//')
  assert.equal(status, 200)
})

test('a version lists every resource that has a road, and nothing else', async (t) => {
  const emulator = await startEmulator(t)
  const { json: roads } = await send(emulator, 'GET', '/_emulator/')
  const { identity: _identity, ...listed } = (await send(emulator, 'GET', data(''))).json
  const covered = roads.covered.map((road: string) => /vNN\.0\/(\w+)/.exec(road)?.[1]).filter(Boolean)
  assert.deepEqual(Object.keys(listed).sort(), [...new Set(covered)].sort())
  const old = (await send(emulator, 'GET', '/services/data/v33.0')).json
  assert.equal(old.composite, undefined)
  assert.equal(old.sobjects, '/services/data/v33.0/sobjects')
})
