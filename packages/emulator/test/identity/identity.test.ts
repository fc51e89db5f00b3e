import assert from 'node:assert/strict'
import { test } from 'node:test'
import { send, startEmulator } from '../support/harness.ts'
import { recordedCase, recordingsMissing } from '../support/recorded.ts'

test('userinfo has the fields of a recorded one', { skip: recordingsMissing }, async (t) => {
  const emulator = await startEmulator(t)
  const { status, json } = await send(emulator, 'GET', '/services/oauth2/userinfo')
  const recorded = JSON.parse(recordedCase('nango-oauth-userinfo').response.body)
  assert.equal(status, 200)
  assert.deepEqual(Object.keys(json), Object.keys(recorded))
  assert.deepEqual(Object.keys(json.urls), Object.keys(recorded.urls))
  assert.equal(json.preferred_username, emulator.credentials.username)
  assert.equal(json.urls.rest, `${emulator.url}/services/data/v{version}/`)
})

test('the identity URL of a token answer shows the user with the fields of a recorded one', {
  skip: recordingsMissing,
}, async (t) => {
  const emulator = await startEmulator(t)
  const { clientId, clientSecret } = emulator.credentials
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  })
  const { id } = (await send(emulator, 'POST', '/services/oauth2/token', { body, token: null })).json
  const { status, json } = await send(emulator, 'GET', new URL(id).pathname)
  const recorded = JSON.parse(recordedCase('swiftly-identity').response.body)
  assert.equal(status, 200)
  assert.equal(json.id, id)
  assert.deepEqual(Object.keys(json), Object.keys(recorded))
})

test('a dead or missing token is 403 and plain text, not an error array', async (t) => {
  const emulator = await startEmulator(t)
  for (const path of ['/services/oauth2/userinfo', '/id/00D/005']) {
    const dead = await send(emulator, 'GET', path, { token: 'dead' })
    assert.deepEqual([dead.status, dead.text], [403, 'Bad_OAuth_Token'])
    const missing = await send(emulator, 'GET', path, { token: null })
    assert.deepEqual([missing.status, missing.text], [403, 'Missing_OAuth_Token'])
  }
})

test('another org or user than those of the token is refused in one word', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await send(emulator, 'GET', '/services/oauth2/userinfo')
  const wrongOrg = await send(emulator, 'GET', `/id/00D000000000000AAA/${json.user_id}`)
  assert.deepEqual([wrongOrg.status, wrongOrg.text], [403, 'Wrong_Org'])
  const wrongUser = await send(emulator, 'GET', `/id/${json.organization_id}/005000000000000AAA`)
  assert.deepEqual([wrongUser.status, wrongUser.text], [404, 'Bad_Id'])
})
