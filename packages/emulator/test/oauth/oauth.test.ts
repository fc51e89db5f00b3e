import assert from 'node:assert/strict'
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { CompactSign, SignJWT } from 'jose'
import type { Emulator } from '../../src/index.ts'
import { type Answer, data, send, startEmulator, testClock } from '../support/harness.ts'
import { recordedCase, recordingsMissing } from '../support/recorded.ts'

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

function token(emulator: Emulator, form: Record<string, string>): Promise<Answer> {
  return send(emulator, 'POST', '/services/oauth2/token', { body: new URLSearchParams(form), token: null })
}

function client(emulator: Emulator): { client_id: string; client_secret: string } {
  const { clientId, clientSecret } = emulator.credentials
  return { client_id: clientId, client_secret: clientSecret }
}

async function assertion(emulator: Emulator, claims: { aud?: string; sub?: string; iss?: string; exp?: number } = {}) {
  const { clientId, username, privateKey } = emulator.credentials
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(claims.iss ?? clientId)
    .setSubject(claims.sub ?? username)
    .setAudience(claims.aud ?? 'https://login.salesforce.com')
    .setExpirationTime(claims.exp ?? Math.floor(Date.now() / 1000) + 180)
    .sign(createPrivateKey(privateKey))
}

test('every flow earns a token that opens a data road', async (t) => {
  const emulator = await startEmulator(t)
  const { username, password, securityToken, refreshToken } = emulator.credentials
  const forms: Record<string, string>[] = [
    { grant_type: 'client_credentials', ...client(emulator) },
    { grant_type: 'password', username, password: password + securityToken, ...client(emulator) },
    { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: emulator.credentials.clientId },
    { grant_type: JWT_BEARER, assertion: await assertion(emulator) },
  ]
  for (const form of forms) {
    const { status, json } = await token(emulator, form)
    assert.equal(status, 200, form.grant_type)
    const limits = await send(emulator, 'GET', data('/limits'), { token: json.access_token })
    assert.equal(limits.status, 200, form.grant_type)
  }
})

test('a token answer has the fields of a recorded one', { skip: recordingsMissing }, async (t) => {
  const emulator = await startEmulator(t)
  const { json, headers } = await token(emulator, { grant_type: 'client_credentials', ...client(emulator) })
  const recorded = recordedCase('vcr-oauth-200-scopes').response
  assert.deepEqual(Object.keys(json), Object.keys(JSON.parse(recorded.body)))
  assert.equal(headers.get('content-type'), recorded.headers['content-type'])
  assert.equal(json.instance_url, emulator.url)
  assert.match(json.issued_at, /^\d{13}$/)
  assert.match(json.id, /\/id\/00D\w{15}\/005\w{15}$/)
})

test('client id and secret may come in a Basic header', async (t) => {
  const emulator = await startEmulator(t)
  const { clientId, clientSecret } = emulator.credentials
  const { status } = await send(emulator, 'POST', '/services/oauth2/token', {
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    token: null,
  })
  assert.equal(status, 200)
})

test('a refusal is HTTP 400 with an object that names the mistake', async (t) => {
  const emulator = await startEmulator(t)
  const { username, clientId } = emulator.credentials
  const cases: [Record<string, string>, string, string][] = [
    [{ grant_type: 'client_credentials', client_id: 'no' }, 'invalid_client_id', 'client identifier invalid'],
    [
      { grant_type: 'client_credentials', client_id: clientId, client_secret: 'no' },
      'invalid_client',
      'invalid client credentials',
    ],
    [
      { grant_type: 'password', username, password: 'no', ...client(emulator) },
      'invalid_grant',
      'authentication failure',
    ],
    [
      { grant_type: 'refresh_token', refresh_token: 'no', ...client(emulator) },
      'invalid_grant',
      'expired access/refresh token',
    ],
    [{ grant_type: JWT_BEARER, assertion: 'no' }, 'invalid_grant', 'invalid assertion'],
    [{ grant_type: 'telepathy' }, 'unsupported_grant_type', 'grant type not supported'],
    [
      { grant_type: JWT_BEARER, assertion: await assertion(emulator, { aud: 'https://elsewhere.example' }) },
      'invalid_grant',
      'audience is invalid',
    ],
    [
      { grant_type: JWT_BEARER, assertion: await assertion(emulator, { sub: 'nobody@example.com' }) },
      'invalid_grant',
      "user hasn't approved this consumer",
    ],
    [
      { grant_type: JWT_BEARER, assertion: await assertion(emulator, { iss: 'no' }) },
      'invalid_client_id',
      'client identifier invalid',
    ],
    [
      { grant_type: JWT_BEARER, assertion: await assertion(emulator, { exp: 1 }) },
      'invalid_grant',
      'invalid assertion',
    ],
  ]
  for (const [form, error, error_description] of cases) {
    const { status, json } = await token(emulator, form)
    assert.equal(status, 400)
    assert.deepEqual(json, { error, error_description })
  }
})

test('an assertion may write its expiry as text, as simple-salesforce does', async (t) => {
  const emulator = await startEmulator(t)
  const { clientId, username, privateKey } = emulator.credentials
  const statusAt = async (exp: string): Promise<number> => {
    const claims = { iss: clientId, sub: username, aud: 'https://login.salesforce.com', exp }
    const signer = new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    const signed = await signer.setProtectedHeader({ alg: 'RS256' }).sign(createPrivateKey(privateKey))
    return (await token(emulator, { grant_type: JWT_BEARER, assertion: signed })).status
  }
  const now = Math.floor(Date.now() / 1000)
  assert.equal(await statusAt(String(now + 180)), 200)
  assert.equal(await statusAt(String(now - 180)), 400)
  assert.equal(await statusAt('soon'), 400)
})

test('an assertion signed by a stranger is refused until the key is registered', async (t) => {
  const emulator = await startEmulator(t)
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { clientId, username } = emulator.credentials
  const signed = await new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(clientId)
    .setSubject(username)
    .setAudience(emulator.url)
    .setExpirationTime('3m')
    .sign(privateKey)
  const form = { grant_type: JWT_BEARER, assertion: signed }
  assert.equal((await token(emulator, form)).json.error_description, 'invalid assertion')
  const certificate = publicKey.export({ type: 'spki', format: 'pem' })
  const registered = await send(emulator, 'POST', '/_emulator/certificates', { body: { certificate } })
  assert.equal(registered.status, 200)
  assert.equal((await token(emulator, form)).status, 200)
})

test('a session ends when its lifetime is over', async (t) => {
  const clock = testClock()
  const emulator = await startEmulator(t, { clock, sessionSeconds: 60 })
  clock.advance(59_999)
  assert.equal((await send(emulator, 'GET', data('/limits'))).status, 200)
  clock.advance(1)
  const { status, json } = await send(emulator, 'GET', data('/limits'))
  assert.equal(status, 401)
  assert.deepEqual(json, [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }])
})

test('a revoked token opens nothing', async (t) => {
  const emulator = await startEmulator(t)
  const body = new URLSearchParams({ token: emulator.credentials.accessToken })
  assert.equal((await send(emulator, 'POST', '/services/oauth2/revoke', { body, token: null })).status, 200)
  assert.equal((await send(emulator, 'GET', data('/limits'))).status, 401)
  assert.equal((await send(emulator, 'POST', '/services/oauth2/revoke', { body, token: null })).status, 400)
})
