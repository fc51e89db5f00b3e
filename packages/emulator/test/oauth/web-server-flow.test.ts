import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { Emulator } from '../../src/index.ts'
import { type Answer, data, send, startEmulator, testClock } from '../support/harness.ts'
import { Browser } from './browser.ts'

const VERIFIER = 'a-verifier-of-more-than-forty-three-characters-0123'
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url')

function authorizePath({ credentials }: Emulator, more: Record<string, string> = {}): string {
  const { clientId, redirectUri } = credentials
  const query = { response_type: 'code', client_id: clientId, redirect_uri: redirectUri, state: 's 1', ...more }
  return `/services/oauth2/authorize?${new URLSearchParams(query)}`
}

/** Goes through login and consent and gives the callback's parameters. */
async function consent(emulator: Emulator, more?: Record<string, string>): Promise<URLSearchParams> {
  const browser = new Browser(emulator)
  await browser.open(authorizePath(emulator, more))
  await browser.submit({ username: emulator.credentials.username, password: emulator.credentials.password })
  const { status, headers } = await browser.submit({ decision: 'allow' })
  assert.equal(status, 302)
  const location = new URL(headers.get('location') ?? '')
  assert.equal(location.origin + location.pathname, emulator.credentials.redirectUri)
  return location.searchParams
}

function exchange(emulator: Emulator, code: string | null, more: Record<string, string> = {}): Promise<Answer> {
  const { clientId, clientSecret, redirectUri } = emulator.credentials
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: code ?? '',
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uri: redirectUri,
    ...more,
  })
  return send(emulator, 'POST', '/services/oauth2/token', { token: null, body })
}

test('a person logs in, consents, and the app gets tokens for the code', async (t) => {
  const emulator = await startEmulator(t)
  const callback = await consent(emulator, { scope: 'api refresh_token', code_challenge: CHALLENGE })
  assert.equal(callback.get('state'), 's 1')
  const { status, json } = await exchange(emulator, callback.get('code'), { code_verifier: VERIFIER })
  assert.equal(status, 200)
  assert.equal(json.scope, 'api refresh_token')
  assert.equal((await send(emulator, 'GET', data('/limits'), { token: json.access_token })).status, 200)
  assert.match(json.refresh_token, /^5Aep/)
})

test('without the scope there is no refresh token', async (t) => {
  const emulator = await startEmulator(t)
  const callback = await consent(emulator, { scope: 'api' })
  assert.equal('refresh_token' in (await exchange(emulator, callback.get('code'))).json, false)
})

test('the pages say who asks for what, and keep foreign content out', async (t) => {
  const emulator = await startEmulator(t)
  const browser = new Browser(emulator)
  const login = await browser.open(authorizePath(emulator, { login_hint: '"><b>me@example.com' }))
  assert.equal(login.headers.get('content-type'), 'text/html;charset=UTF-8')
  assert.match(login.headers.get('content-security-policy') ?? '', /default-src 'none'.*frame-ancestors 'none'/)
  assert.match(login.headers.getSetCookie()[0] ?? '', /HttpOnly; SameSite=Lax$/)
  assert.ok(login.text.includes('value="&#34;&#62;&#60;b&#62;me@example.com"'))
  const { username, password } = emulator.credentials
  const wrong = await browser.submit({ username, password: 'no' })
  assert.ok(wrong.text.includes('Please check your username and password.'))
  const asked = await browser.submit({ username, password })
  assert.ok(asked.text.includes('<li>Manage user data via APIs</li>'))
  assert.ok(asked.text.includes(username))
  assert.match(asked.headers.get('content-security-policy') ?? '', /form-action 'self' http:\/\/localhost:1717;/)
})

test('a person who denies sends the app back with access_denied', async (t) => {
  const emulator = await startEmulator(t)
  const browser = new Browser(emulator)
  await browser.open(authorizePath(emulator))
  await browser.submit({ username: emulator.credentials.username, password: emulator.credentials.password })
  const { headers } = await browser.submit({ decision: 'deny' })
  const callback = new URL(headers.get('location') ?? '').searchParams
  assert.deepEqual(Object.fromEntries(callback), {
    error: 'access_denied',
    error_description: 'end-user denied authorization',
    state: 's 1',
  })
})

test('a wrong app or callback is told to the person and goes nowhere', async (t) => {
  const emulator = await startEmulator(t)
  const cases: [Record<string, string>, string][] = [
    [{ client_id: 'no' }, 'error=invalid_client_id&#38;error_description=client identifier invalid'],
    [
      { redirect_uri: 'https://evil.example' },
      'error=redirect_uri_mismatch&#38;error_description=redirect_uri must match configuration',
    ],
  ]
  for (const [more, text] of cases) {
    const { status, text: html } = await new Browser(emulator).open(authorizePath(emulator, more))
    assert.equal(status, 400)
    assert.ok(html.includes(text), html)
  }
})

test('any other mistake of an app comes back to it', async (t) => {
  const emulator = await startEmulator(t)
  const cases: [Record<string, string>, string][] = [
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ scope: 'api everything' }, 'invalid_scope'],
    [{ code_challenge: 'x', code_challenge_method: 'plain' }, 'invalid_request'],
  ]
  for (const [more, error] of cases) {
    const { status, headers } = await new Browser(emulator).open(authorizePath(emulator, more))
    const callback = new URL(headers.get('location') ?? '').searchParams
    assert.deepEqual([status, callback.get('error'), callback.get('state')], [302, error, 's 1'])
  }
})

test('a code is good once, for the callback and the verifier it was asked with, and for 15 minutes', async (t) => {
  const clock = testClock()
  const emulator = await startEmulator(t, { clock, app: { redirectUris: ['https://other.example/callback'] } })
  const code = (await consent(emulator, { code_challenge: CHALLENGE })).get('code')
  const refusal = async (more?: Record<string, string>, value: string | null = code): Promise<unknown> =>
    (await exchange(emulator, value, more)).json.error_description
  assert.equal(
    await refusal({ redirect_uri: 'https://other.example/callback' }),
    'redirect_uri must match configuration',
  )
  assert.equal(await refusal({ code_verifier: 'another' }), 'invalid code verifier')
  assert.equal(await refusal(), 'invalid code verifier')
  assert.equal(await refusal({ client_secret: 'no', code_verifier: VERIFIER }), 'invalid client credentials')
  assert.equal(await refusal({ code_verifier: VERIFIER }, 'aPrxnothing'), 'invalid authorization code')
  assert.equal((await exchange(emulator, code, { code_verifier: VERIFIER })).status, 200)
  assert.equal(await refusal({ code_verifier: VERIFIER }), 'expired authorization code')
  const late = (await consent(emulator)).get('code')
  clock.advance(900_000)
  assert.equal(await refusal({}, late), 'expired authorization code')
})

test('a form that began in another browser, or is used again, goes nowhere', async (t) => {
  const emulator = await startEmulator(t)
  const { username, password } = emulator.credentials
  const victim = new Browser(emulator)
  const login = await victim.open(authorizePath(emulator))
  const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const consentForm = await victim.submit({ username, password })
  const request = /name="request" value="([^"]+)"/.exec(consentForm.text)?.[1] ?? ''
  const body = new URLSearchParams({ request, decision: 'allow' })
  const forged = await send(emulator, 'POST', '/services/oauth2/authorize/consent', { token: null, body })
  assert.deepEqual([forged.status, forged.text.includes('out of date')], [400, true])
  assert.equal((await victim.submit({ decision: 'allow' })).status, 302)
  const again = await send(emulator, 'POST', '/services/oauth2/authorize/consent', {
    token: null,
    headers: { cookie },
    body,
  })
  assert.equal(again.status, 400)
})

test('consent cannot be given before the login', async (t) => {
  const emulator = await startEmulator(t)
  const login = await new Browser(emulator).open(authorizePath(emulator))
  const request = /name="request" value="([^"]+)"/.exec(login.text)?.[1] ?? ''
  const { status } = await send(emulator, 'POST', '/services/oauth2/authorize/consent', {
    token: null,
    headers: { cookie: login.headers.getSetCookie()[0]?.split(';')[0] ?? '' },
    body: new URLSearchParams({ request, decision: 'allow' }),
  })
  assert.equal(status, 400)
})

test('two logins in one browser do not disturb each other', async (t) => {
  const emulator = await startEmulator(t)
  const { username, password } = emulator.credentials
  const browser = new Browser(emulator)
  const first = await browser.open(authorizePath(emulator))
  const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  await browser.open(authorizePath(emulator))
  const request = /name="request" value="([^"]+)"/.exec(first.text)?.[1] ?? ''
  const body = new URLSearchParams({ request, username, password })
  const answer = await send(emulator, 'POST', '/services/oauth2/authorize/login', {
    token: null,
    headers: { cookie },
    body,
  })
  assert.ok(answer.text.includes('Allow Access?'))
})
