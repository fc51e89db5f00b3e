import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Emulator } from '../../src/index.ts'
import { type Answer, data, send, startEmulator, testClock } from '../support/harness.ts'
import { Browser } from './browser.ts'

function token(emulator: Emulator, form: Record<string, string>): Promise<Answer> {
  const body = new URLSearchParams({ client_id: emulator.credentials.clientId, ...form })
  return send(emulator, 'POST', '/services/oauth2/token', { token: null, body })
}

function askForCode(emulator: Emulator): Promise<Answer> {
  return token(emulator, { response_type: 'device_code', scope: 'api refresh_token' })
}

async function answerAs(emulator: Emulator, userCode: string, decision: string): Promise<Answer> {
  const browser = new Browser(emulator)
  await browser.open('/setup/connect')
  await browser.submit({ user_code: userCode })
  await browser.submit({ username: emulator.credentials.username, password: emulator.credentials.password })
  return browser.submit({ decision })
}

test('a device gets its tokens once the user has entered the code and agreed', async (t) => {
  const clock = testClock()
  const emulator = await startEmulator(t, { clock })
  const { status, json } = await askForCode(emulator)
  assert.equal(status, 200)
  assert.deepEqual(Object.keys(json), ['device_code', 'user_code', 'verification_uri', 'interval'])
  assert.deepEqual([json.verification_uri, json.interval], [`${emulator.url}/setup/connect`, 5])
  const poll = (): Promise<Answer> => token(emulator, { grant_type: 'device', code: json.device_code })
  const pending = await poll()
  assert.deepEqual([pending.status, pending.json.error], [400, 'authorization_pending'])
  assert.equal((await poll()).json.error, 'slow_down')
  const page = await answerAs(emulator, json.user_code.toLowerCase(), 'allow')
  assert.ok(page.text.includes('You’re Connected'))
  clock.advance(5000)
  const granted = await poll()
  assert.equal(granted.json.scope, 'api refresh_token')
  assert.equal((await send(emulator, 'GET', data('/limits'), { token: granted.json.access_token })).status, 200)
  clock.advance(5000)
  assert.equal((await poll()).json.error, 'invalid_grant')
})

test('a device whose user denies, or does nothing for ten minutes, is told so', async (t) => {
  const clock = testClock()
  const emulator = await startEmulator(t, { clock })
  const denied = (await askForCode(emulator)).json
  const page = await answerAs(emulator, denied.user_code, 'deny')
  assert.ok(page.text.includes('Not Connected'))
  const refused = await token(emulator, { grant_type: 'device', code: denied.device_code })
  assert.equal(refused.json.error, 'access_denied')
  const forgotten = (await askForCode(emulator)).json
  clock.advance(600_000)
  const late = await token(emulator, { grant_type: 'device', code: forgotten.device_code })
  assert.equal(late.json.error, 'invalid_grant')
})

test('a code that no device shows is asked for again', async (t) => {
  const emulator = await startEmulator(t)
  const browser = new Browser(emulator)
  const prefilled = await browser.open('/setup/connect?user_code=ABCD2345')
  assert.ok(prefilled.text.includes('value="ABCD2345"'))
  const again = await browser.submit({ user_code: 'ABCD2345' })
  assert.ok(again.text.includes('Check the code on your device'))
})

test('an unknown app gets no code', async (t) => {
  const emulator = await startEmulator(t)
  const { status, json } = await token(emulator, { response_type: 'device_code', client_id: 'no' })
  assert.deepEqual([status, json.error], [400, 'invalid_client_id'])
})
