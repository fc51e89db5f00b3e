import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApexResource } from '../../src/index.ts'
import { data, send, startEmulator } from '../support/harness.ts'

const APEX = '/services/apexrest'

test('an Apex method gets path, query and body, and its result is the answer', async (t) => {
  const emulator = await startEmulator(t)
  const { status, json, headers } = await send(emulator, 'PUT', `${APEX}/forcewire/echo/a/b?x=1`, { body: { y: [2] } })
  assert.equal(status, 200)
  assert.deepEqual(json, { path: 'a/b', query: { x: '1' }, body: { y: [2] } })
  assert.match(headers.get('sforce-limit-info') ?? '', /^api-usage=1\//)
  assert.equal((await send(emulator, 'DELETE', `${APEX}/forcewire/echo`)).status, 204)
})

test('an Apex class reads and writes records', async (t) => {
  const emulator = await startEmulator(t)
  const made = await send(emulator, 'POST', `${APEX}/forcewire/accounts`, { body: { Name: 'Acme' } })
  await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'Other' } })
  const { json } = await send(emulator, 'GET', `${APEX}/forcewire/accounts?name=ac`)
  assert.deepEqual(
    json.map(({ Id, Name }: Record<string, string>) => [Id, Name]),
    [[made.json, 'Acme']],
  )
})

test('the longest mapping that fits answers, an exact one before a wildcard', async (t) => {
  const apex: ApexResource[] = [
    { urlMapping: '/*', get: () => 'any' },
    { urlMapping: '/things/*', get: ({ rest }) => `things:${rest}` },
    { urlMapping: '/things/one', get: () => 'one' },
  ]
  const emulator = await startEmulator(t, { metadata: { apex } })
  const answers: string[] = []
  for (const path of ['/things/one', '/things/two', '/thing']) {
    answers.push((await send(emulator, 'GET', APEX + path)).json)
  }
  assert.deepEqual(answers, ['one', 'things:two', 'any'])
})

test('no class is 404, no such method 405, an exception 500 with its name and nothing written', async (t) => {
  const broken: ApexResource = {
    urlMapping: '/broken',
    get: (_call, org) => {
      org.create('Account', { Name: 'x' })
      throw new RangeError('too far')
    },
  }
  const emulator = await startEmulator(t, { metadata: { apex: [broken] } })
  const unknown = await send(emulator, 'GET', `${APEX}/nothing`)
  assert.deepEqual(unknown.json, [{ message: 'Could not find a match for URL', errorCode: 'NOT_FOUND' }])
  const method = await send(emulator, 'POST', `${APEX}/broken`, { body: {} })
  assert.deepEqual([method.status, method.json[0].message], [405, "HTTP Method 'POST' not allowed. Allowed are GET"])
  const thrown = await send(emulator, 'GET', `${APEX}/broken`)
  assert.equal(thrown.status, 500)
  assert.deepEqual(thrown.json, [{ message: 'System.RangeError: too far', errorCode: 'APEX_ERROR' }])
  const count = await send(emulator, 'GET', data('/query?q=SELECT+COUNT()+FROM+Account'))
  assert.equal(count.json.totalSize, 0)
})

test('Apex REST needs a live session', async (t) => {
  const emulator = await startEmulator(t)
  const { status, json } = await send(emulator, 'GET', `${APEX}/forcewire/echo`, { token: 'dead' })
  assert.deepEqual([status, json[0].errorCode], [401, 'INVALID_SESSION_ID'])
})
