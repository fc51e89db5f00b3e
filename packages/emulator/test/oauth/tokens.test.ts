import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Emulator } from '../../src/index.ts'
import { type Answer, data, send, startEmulator, testClock } from '../support/harness.ts'
import { Browser } from './browser.ts'

function form(emulator: Emulator, road: string, fields: Record<string, string>): Promise<Answer> {
  const { clientId, clientSecret } = emulator.credentials
  const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...fields })
  return send(emulator, 'POST', `/services/oauth2/${road}`, { token: null, body })
}

function refresh(emulator: Emulator, refreshToken: string): Promise<Answer> {
  return form(emulator, 'token', { grant_type: 'refresh_token', refresh_token: refreshToken })
}

async function isLive(emulator: Emulator, token: string): Promise<boolean> {
  return (await send(emulator, 'GET', data('/limits'), { token })).status === 200
}

test('a refresh token stays good, and the answer tells no new one', async (t) => {
  const emulator = await startEmulator(t)
  for (let use = 0; use < 2; use += 1) {
    const { status, json } = await refresh(emulator, emulator.credentials.refreshToken)
    assert.deepEqual([status, 'refresh_token' in json], [200, false])
  }
})

test('with rotation each use gives a new token and ends the old one', async (t) => {
  const emulator = await startEmulator(t, { app: { rotateRefreshTokens: true } })
  const first = await refresh(emulator, emulator.credentials.refreshToken)
  assert.equal((await refresh(emulator, emulator.credentials.refreshToken)).json.error, 'invalid_grant')
  assert.equal((await refresh(emulator, first.json.refresh_token)).status, 200)
})

test('rotation and callbacks are settings of the control plane too, and a reset takes them back', async (t) => {
  const emulator = await startEmulator(t)
  const body = { redirectUris: ['https://a.example/callback'], rotateRefreshTokens: true }
  const { json } = await send(emulator, 'POST', '/_emulator/app', { body })
  assert.deepEqual(json, { ...body, redirectUris: [emulator.credentials.redirectUri, ...body.redirectUris] })
  assert.ok((await refresh(emulator, emulator.credentials.refreshToken)).json.refresh_token)
  emulator.reset()
  assert.equal('refresh_token' in (await refresh(emulator, emulator.credentials.refreshToken)).json, false)
  for (const bad of [{ redirectUris: 'x' }, { redirectUris: ['x'] }, { rotateRefreshTokens: 1 }, { other: 1 }, []]) {
    assert.equal((await send(emulator, 'POST', '/_emulator/app', { body: bad })).status, 400)
  }
})

test('revoking a refresh token ends the sessions that it opened, and only these', async (t) => {
  const emulator = await startEmulator(t)
  const { refreshToken, accessToken } = emulator.credentials
  const opened = (await refresh(emulator, refreshToken)).json.access_token
  const revoked = await send(emulator, 'GET', `/services/oauth2/revoke?token=${refreshToken}`, { token: null })
  assert.equal(revoked.status, 200)
  assert.deepEqual([await isLive(emulator, opened), await isLive(emulator, accessToken)], [false, true])
  const dead = await refresh(emulator, refreshToken)
  assert.deepEqual(dead.json, { error: 'invalid_grant', error_description: 'expired access/refresh token' })
  const again = await form(emulator, 'revoke', { token: refreshToken })
  assert.deepEqual([again.status, again.json.error], [400, 'unsupported_token_type'])
})

test('introspection tells a live token from a dead one, to who knows the secret', async (t) => {
  const clock = testClock()
  const emulator = await startEmulator(t, { clock, sessionSeconds: 60 })
  const { accessToken, username, clientId } = emulator.credentials
  const { json } = await form(emulator, 'introspect', { token: accessToken })
  const iat = clock.now() / 1000
  const { sub, ...rest } = json
  assert.match(sub, /\/id\/00D\w{15}\/005\w{15}$/)
  const token = { scope: 'full', client_id: clientId, username, token_type: 'access_token' }
  assert.deepEqual(rest, { active: true, ...token, exp: iat + 60, iat, nbf: iat })
  clock.advance(60_000)
  assert.deepEqual((await form(emulator, 'introspect', { token: accessToken })).json, { active: false })
  const stranger = await form(emulator, 'introspect', { token: accessToken, client_secret: 'no' })
  assert.deepEqual([stranger.status, stranger.json.error], [400, 'invalid_client'])
})

test('further users log in as themselves, and records are theirs', async (t) => {
  const ada = { username: 'ada@example.com', password: 'Ada-1', securityToken: 'T', firstName: 'Ada', lastName: 'L' }
  const emulator = await startEmulator(t, { users: [ada] })
  const login = async (username: string, password: string): Promise<string> =>
    (await form(emulator, 'token', { grant_type: 'password', username, password })).json.access_token
  const bea = { username: 'bea@example.com', password: 'Bea-1' }
  const added = await send(emulator, 'POST', '/_emulator/users', { body: bea })
  for (const [name, token] of [
    ['Ada L', await login('ADA@example.com', 'Ada-1T')],
    ['bea', await login(bea.username, bea.password)],
  ] as const) {
    const me = await send(emulator, 'GET', '/services/oauth2/userinfo', { token })
    assert.equal(me.json.name, name)
    const account = await send(emulator, 'POST', data('/sobjects/Account'), { token, body: { Name: 'A' } })
    const row = await send(emulator, 'GET', data(`/sobjects/Account/${account.json.id}`))
    assert.deepEqual([row.json.OwnerId, row.json.CreatedById], [me.json.user_id, me.json.user_id])
  }
  assert.match(added.json.id, /^005/)
  assert.equal((await send(emulator, 'POST', '/_emulator/users', { body: { username: 'x' } })).status, 400)
})

test('an inactive user gets no session: not by password, refresh token, SOAP or the login page', async (t) => {
  const emulator = await startEmulator(t, { users: [{ username: 'ada@example.com', password: 'Ada-1' }] })
  const soql = encodeURIComponent("SELECT Id FROM User WHERE Username = 'ada@example.com'")
  const [{ Id }] = (await send(emulator, 'GET', data(`/query?q=${soql}`))).json.records
  const ada = { username: 'ada@example.com', password: 'Ada-1' }
  const browser = new Browser(emulator)
  const { clientId, redirectUri } = emulator.credentials
  const query = new URLSearchParams({ response_type: 'code', client_id: clientId, redirect_uri: redirectUri })
  const authorize = `/services/oauth2/authorize?${query}`
  await browser.open(authorize)
  await browser.submit(ada)
  const callback = new URL((await browser.submit({ decision: 'allow' })).headers.get('location') ?? '')
  const code = callback.searchParams.get('code') ?? ''
  const fields = { grant_type: 'authorization_code', code, redirect_uri: redirectUri }
  const granted = await form(emulator, 'token', fields)
  await send(emulator, 'PATCH', data(`/sobjects/User/${Id}`), { body: { IsActive: false } })
  for (const refused of [
    await form(emulator, 'token', { grant_type: 'password', ...ada }),
    await refresh(emulator, granted.json.refresh_token),
  ]) {
    assert.equal(refused.status, 400)
    assert.deepEqual(refused.json, { error: 'inactive_user', error_description: 'user is inactive' })
  }
  await browser.open(authorize)
  assert.ok((await browser.submit(ada)).text.includes('Please check your username and password.'))
  const envelope =
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><login>' +
    `<username>${ada.username}</username><password>${ada.password}</password></login></e:Body></e:Envelope>`
  const headers = { 'content-type': 'text/xml' }
  const soap = await send(emulator, 'POST', '/services/Soap/u/58.0', { token: null, headers, body: envelope })
  assert.match(soap.text, /sf:INVALID_LOGIN/)
})
