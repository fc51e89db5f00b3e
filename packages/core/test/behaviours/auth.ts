import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { type Auth, AuthenticationError, clientCredentials, jwtBearer, SessionError, soapLogin } from '@forcewire/core'
import { Salesforce, type TransportRequest } from '@forcewire/core/portable'
import { createEmulator } from '@forcewire/emulator'
import { XMLParser } from 'fast-xml-parser'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import {
  type Answer,
  errors,
  instanceUrl,
  type Script,
  scriptedOrg,
  scriptedTransport,
} from '../support/scripted-org.ts'
import { TestClock } from '../support/test-clock.ts'
import type { Behaviour, Behaviours } from './behaviour.ts'

const lost: Answer = { status: 401, json: errors('INVALID_SESSION_ID') }
const empty: Answer = { json: {} }
const user = { username: 'user@example.com', password: 'pass', securityToken: 'word' }
const isLogin = ({ url }: TransportRequest): boolean => /oauth2\/token|Soap\/u/.test(url)
const isOld = ({ headers }: TransportRequest): boolean => headers.authorization === 'Bearer T1'

const credentials = (lifetime?: number): Auth =>
  clientCredentials({ clientId: 'ID', clientSecret: 'SECRET', loginUrl: instanceUrl, lifetime })
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwt = (loginUrl: string, lifetime?: number): Auth =>
  jwtBearer({ clientId: 'ID', username: user.username, privateKey, loginUrl, lifetime })

/** Tokens T1, T2, ... in the order of logins. */
function withLogins(answer: Script, auth: Auth = credentials()) {
  let logins = 0
  const token = (): Answer => ({ json: { access_token: `T${++logins}`, instance_url: instanceUrl } })
  const org = scriptedOrg((request, index) => (isLogin(request) ? token() : answer(request, index)), { auth })
  return { ...org, logins: () => logins }
}

const envelope = (body: string): string =>
  `<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
const soapSession = (id: string, seconds: number): Answer => ({
  headers: { 'content-type': 'text/xml' },
  text: envelope(
    `<loginResponse><result><serverUrl>${instanceUrl}/services/Soap/u/64.0/00D</serverUrl><sessionId>${id}</sessionId><userInfo><sessionSecondsValid>${seconds}</sessionSecondsValid></userInfo></result></loginResponse>`,
  ),
})
const soapFault: Answer = {
  status: 500,
  headers: { 'content-type': 'text/xml' },
  text: envelope(
    '<soapenv:Fault><faultcode>INVALID_LOGIN</faultcode><faultstring>INVALID_LOGIN: wrong</faultstring></soapenv:Fault>',
  ),
}

/** With a lifetime a token is renewed before use; without one it is kept until Salesforce refuses it. */
async function renewsByLifetime(flow: (lifetime?: number) => Auth): Promise<void> {
  const limited = withLogins(() => empty, flow(60_000))
  await limited.salesforce.limits()
  limited.clock.advance(60_000)
  await limited.salesforce.limits()
  assert.equal(limited.logins(), 2)
  assert.ok(limited.requests.every((request) => isLogin(request) || request.headers.authorization !== undefined))
  const unlimited = withLogins(() => empty, flow())
  await unlimited.salesforce.limits()
  unlimited.clock.advance(86_400_000)
  await unlimited.salesforce.limits()
  assert.equal(unlimited.logins(), 1)
}

async function refusedByOAuth(auth: Auth): Promise<void> {
  const org = scriptedOrg([{ status: 400, json: { error: 'invalid_grant', error_description: 'no such user' } }], {
    auth,
  })
  await assert.rejects(org.salesforce.limits(), (error) => {
    assert.ok(error instanceof AuthenticationError)
    assert.deepEqual([error.errorCode, error.description], ['invalid_grant', 'no such user'])
    assert.match(error.message, /\[invalid_grant\] no such user/)
    return true
  })
  assert.equal(org.requests.length, 1)
}

const audience = async (loginUrl: string): Promise<unknown> => {
  const org = withLogins(() => empty, jwt(loginUrl))
  await org.salesforce.limits()
  return decodeJwt(new URLSearchParams(String(org.requests[0]?.body)).get('assertion') ?? '').aud
}

const concurrently = (says: string, calls: number, logins: number, answer: Script): Behaviour => ({
  says,
  async shows() {
    const org = withLogins(answer)
    await Promise.all(Array.from({ length: calls }, () => org.salesforce.limits()))
    assert.equal(org.logins(), logins)
  },
})

export const authBehaviours: Behaviours = {
  11: concurrently('ten first calls at the same time make one login', 10, 1, () => empty),
  12: {
    says: 'a 401 causes one renewal and one replay with the new token',
    async shows() {
      const org = withLogins((request) => (isOld(request) ? lost : { json: { ok: true } }))
      assert.deepEqual(await org.salesforce.limits(), { ok: true })
      assert.deepEqual([org.logins(), org.requests.length], [2, 4])
    },
  },
  13: {
    says: 'a second 401 after the replay is an error',
    async shows() {
      const org = withLogins(() => lost)
      await assert.rejects(org.salesforce.limits(), SessionError)
      assert.deepEqual([org.logins(), org.requests.length], [2, 4])
    },
  },
  14: concurrently('ten calls that lose the session together cause one renewal', 10, 2, (request) =>
    isOld(request) ? lost : empty,
  ),
  15: {
    says: 'a 401 that comes late, after somebody else renewed, costs no login',
    async shows() {
      const late = Promise.withResolvers<Answer>()
      const org = withLogins((request) => {
        if (!isOld(request)) return empty
        return request.url.endsWith('/limits') ? late.promise : lost
      })
      const slow = org.salesforce.limits()
      await org.salesforce.versions()
      late.resolve(lost)
      await slow
      assert.equal(org.logins(), 2)
      assert.equal(org.requests.at(-1)?.headers.authorization, 'Bearer T2')
    },
  },
  16: {
    says: 'a ready token that is refused cannot be renewed: an error without a login',
    async shows() {
      const org = scriptedOrg([lost])
      await assert.rejects(org.salesforce.limits(), SessionError)
      assert.equal(org.requests.length, 1)
    },
  },
  17: {
    says: 'a SOAP login goes to version 64.0 at most, and its session id becomes the bearer token',
    async shows() {
      for (const [apiVersion, spoken] of [
        ['67.0', '64.0'],
        ['58.0', '58.0'],
      ]) {
        const auth = soapLogin({ ...user, loginUrl: instanceUrl })
        const org = scriptedOrg([soapSession('SESSION', 7200), empty], { auth, apiVersion })
        await org.salesforce.limits()
        const [login, call] = org.requests
        assert.equal(login?.url, `${instanceUrl}/services/Soap/u/${spoken}`)
        assert.equal(login?.headers.soapaction, 'login')
        assert.match(String(login?.body), /<password>password<\/password>|:password>password</)
        assert.equal(call?.headers.authorization, 'Bearer SESSION')
        assert.equal(call?.url, `${instanceUrl}/services/data/v${apiVersion}/limits`)
      }
    },
  },
  18: {
    says: 'a SOAP session is renewed before use once sessionSecondsValid has passed',
    async shows() {
      const auth = soapLogin({ ...user, loginUrl: instanceUrl })
      let logins = 0
      const org = scriptedOrg((request) => (isLogin(request) ? soapSession(`S${++logins}`, 100) : empty), { auth })
      await org.salesforce.limits()
      org.clock.advance(100_000)
      await org.salesforce.limits()
      const tokens = org.requests.map(({ headers }) => headers.authorization)
      assert.deepEqual(tokens, [undefined, 'Bearer S1', undefined, 'Bearer S2'])
    },
  },
  19: {
    says: 'a SOAP fault is an authentication error with its code',
    async shows() {
      const org = scriptedOrg([soapFault], { auth: soapLogin({ ...user, loginUrl: instanceUrl }) })
      await assert.rejects(org.salesforce.limits(), (error) => {
        assert.ok(error instanceof AuthenticationError)
        assert.match(error.message, /\[INVALID_LOGIN\]/)
        return true
      })
    },
  },
  20: {
    says: 'a wrong SOAP password is one login, whatever its status, and ten waiting calls share the failure',
    async shows() {
      const org = scriptedOrg([soapFault], { auth: soapLogin({ ...user, loginUrl: instanceUrl }) })
      const calls = await Promise.allSettled(Array.from({ length: 10 }, () => org.salesforce.limits()))
      assert.ok(calls.every((call) => call.status === 'rejected' && call.reason instanceof AuthenticationError))
      assert.equal(org.requests.length, 1)
    },
  },
  21: {
    says: 'the characters & < > " and \' of a SOAP user and password are escaped',
    async shows() {
      const password = `a&b<c>d"e'f`
      await using emulator = await createEmulator({ seed: 'empty' })
      const auth = soapLogin({ username: `x${password}@example.com`, password, loginUrl: emulator.url })
      const org = scriptedOrg([soapFault], { auth })
      await assert.rejects(org.salesforce.limits(), AuthenticationError)
      const parser = new XMLParser({ removeNSPrefix: true, htmlEntities: true })
      const { login } = parser.parse(String(org.requests[0]?.body)).Envelope.Body
      assert.deepEqual(login, { username: `x${password}@example.com`, password })
      const real = new Salesforce({ auth, ...portable() })
      await assert.rejects(real.limits(), (error) => error instanceof AuthenticationError && error.has('INVALID_LOGIN'))
    },
  },
  22: {
    says: 'client credentials are a form with three fields',
    async shows() {
      const org = withLogins(() => empty)
      await org.salesforce.limits()
      const [login] = org.requests
      assert.deepEqual([login?.method, login?.url], ['POST', `${instanceUrl}/services/oauth2/token`])
      assert.equal(login?.headers['content-type'], 'application/x-www-form-urlencoded')
      const form = Object.fromEntries(new URLSearchParams(String(login?.body)))
      assert.deepEqual(form, { grant_type: 'client_credentials', client_id: 'ID', client_secret: 'SECRET' })
    },
  },
  23: {
    says: 'client credentials with a lifetime are renewed before use, without one only when refused',
    shows: () => renewsByLifetime(credentials),
  },
  24: {
    says: 'an OAuth error is an authentication error with its code and description',
    shows: () => refusedByOAuth(credentials()),
  },
  25: {
    says: 'a JWT assertion is RS256 with iss, sub, exp within five minutes, and aud login or, for sandboxes, test',
    async shows() {
      const org = withLogins(() => empty, jwt(instanceUrl))
      await org.salesforce.limits()
      const form = new URLSearchParams(String(org.requests[0]?.body))
      assert.equal(form.get('grant_type'), 'urn:ietf:params:oauth:grant-type:jwt-bearer')
      const assertion = form.get('assertion') ?? ''
      assert.equal(decodeProtectedHeader(assertion).alg, 'RS256')
      const { iss, sub, exp = 0, aud } = decodeJwt(assertion)
      assert.deepEqual([iss, sub, aud], ['ID', user.username, 'https://login.salesforce.com'])
      const seconds = exp - org.clock.now() / 1000
      assert.ok(seconds > 0 && seconds <= 300)
      assert.equal(await audience('https://acme--test.sandbox.my.salesforce.com'), 'https://test.salesforce.com')
    },
  },
  26: {
    says: 'JWT sessions end and are refused like those of client credentials',
    async shows() {
      await renewsByLifetime((lifetime) => jwt(instanceUrl, lifetime))
      await refusedByOAuth(jwt(instanceUrl))
    },
  },
  27: {
    says: 'one auth object that serves two clients logs in once',
    async shows() {
      const token: Answer = { json: { access_token: 'T', instance_url: instanceUrl } }
      const { transport, requests } = scriptedTransport((request) => (isLogin(request) ? token : empty))
      const options = { auth: credentials(), transport, clock: new TestClock(), random: () => 1 }
      await new Salesforce(options).limits()
      await new Salesforce(options).limits()
      assert.equal(requests.filter(isLogin).length, 1)
    },
  },
}

/** A portable client whose transport is the platform's own fetch. */
function portable() {
  const transport = async ({ url, method, headers, body }: TransportRequest) => {
    const answer = await fetch(url, { method, headers, body: body as string })
    const bytes = new Uint8Array(await answer.arrayBuffer())
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: (async function* () {
        yield bytes
      })(),
    }
  }
  return { transport, clock: new TestClock(), random: () => 1 }
}
