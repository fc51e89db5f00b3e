import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import {
  type Auth,
  AuthenticationError,
  accessToken,
  clientCredentials,
  jwtBearer,
  refreshToken,
  Salesforce,
  SessionError,
} from '@forcewire/core'
import { jwtVerify } from 'jose'
import { type LoopbackAnswer, type LoopbackScript, loopbackOrg, type ReceivedRequest } from '../support/loopback-org.ts'
import { errors, instanceUrl } from '../support/scripted-org.ts'
import type { Behaviours } from './behaviour.ts'

const lost: LoopbackAnswer = { status: 401, json: errors('INVALID_SESSION_ID') }
const empty: LoopbackAnswer = { json: {} }
const username = 'user@example.com'
const isLogin = ({ url }: ReceivedRequest): boolean => url.endsWith('/services/oauth2/token')
const isOld = ({ headers }: ReceivedRequest): boolean => headers.authorization === 'Bearer T1'

const credentials = (lifetime?: number): Auth =>
  clientCredentials({ clientId: 'ID', clientSecret: 'SECRET', loginUrl: instanceUrl, lifetime })
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwt = (loginUrl: string, lifetime?: number): Auth =>
  jwtBearer({ clientId: 'ID', username, privateKey, loginUrl, lifetime })

/** Tokens T1, T2, ... in the order of logins. */
async function withLogins(answer: LoopbackScript, auth: Auth = credentials()) {
  let logins = 0
  const token = (): LoopbackAnswer => ({ json: { access_token: `T${++logins}`, instance_url: instanceUrl } })
  const org = await loopbackOrg((request, index) => (isLogin(request) ? token() : answer(request, index)), { auth })
  return { ...org, logins: () => logins }
}

/** With a lifetime a token is renewed before use; without one it is kept until Salesforce refuses it. */
async function renewsByLifetime(flow: (lifetime?: number) => Auth): Promise<void> {
  await using limited = await withLogins(() => empty, flow(60_000))
  await limited.salesforce.limits()
  for (const half of [30_000, 30_000]) {
    limited.clock.advance(half)
    await limited.salesforce.limits()
  }
  const tokens = limited.requests.map(({ headers }) => headers.authorization)
  assert.deepEqual(tokens, [undefined, 'Bearer T1', 'Bearer T1', undefined, 'Bearer T2'])
  await using unlimited = await withLogins(() => empty, flow())
  await unlimited.salesforce.limits()
  unlimited.clock.advance(86_400_000)
  await unlimited.salesforce.limits()
  assert.equal(unlimited.logins(), 1)
}

async function refusedByOAuth(auth: Auth): Promise<void> {
  await using org = await loopbackOrg(
    [{ status: 400, json: { error: 'invalid_grant', error_description: 'no such user' } }],
    {
      auth,
    },
  )
  await assert.rejects(org.salesforce.limits(), (error) => {
    assert.ok(error instanceof AuthenticationError)
    assert.deepEqual([error.errorCode, error.description], ['invalid_grant', 'no such user'])
    assert.match(error.message, /\[invalid_grant\] no such user/)
    return true
  })
  assert.equal(org.requests.length, 1)
}

/** The signed claims of a login at this address. */
async function claims(loginUrl: string) {
  await using org = await withLogins(() => empty, jwt(loginUrl))
  await org.salesforce.limits()
  const form = new URLSearchParams(org.requests[0]?.body)
  assert.equal(form.get('grant_type'), 'urn:ietf:params:oauth:grant-type:jwt-bearer')
  const currentDate = new Date(org.clock.now())
  const options = { algorithms: ['RS256'], currentDate }
  const { payload } = await jwtVerify(form.get('assertion') ?? '', publicKey, options)
  return { ...payload, seconds: (payload.exp ?? 0) - org.clock.now() / 1_000 }
}

/** Ten calls, none of which is answered before the first token has served all ten. */
async function ten(answer: LoopbackAnswer) {
  const together = Promise.withResolvers<void>()
  let arrived = 0
  await using org = await withLogins(async (request) => {
    if (!isOld(request)) return empty
    arrived += 1
    if (arrived === 10) together.resolve()
    await together.promise
    return answer
  })
  await Promise.all(Array.from({ length: 10 }, () => org.salesforce.limits()))
  return { logins: org.logins(), requests: org.requests.length }
}

export const authBehaviours: Behaviours = {
  11: {
    says: 'ten first calls at the same time make one login',
    shows: async () => assert.deepEqual(await ten(empty), { logins: 1, requests: 11 }),
  },
  12: {
    says: 'a 401 causes one renewal and one replay with the new token',
    async shows() {
      const found = { A: { Max: 1, Remaining: 1 } }
      await using org = await withLogins((request) => (isOld(request) ? lost : { json: found }))
      assert.deepEqual(await org.salesforce.limits(), found)
      const tokens = org.requests.map(({ headers }) => headers.authorization)
      assert.deepEqual(tokens, [undefined, 'Bearer T1', undefined, 'Bearer T2'])
    },
  },
  13: {
    says: 'a second 401 after the replay is an error',
    async shows() {
      await using org = await withLogins(() => lost)
      await assert.rejects(org.salesforce.limits(), SessionError)
      assert.deepEqual([org.logins(), org.requests.length], [2, 4])
    },
  },
  14: {
    says: 'ten calls that lose the session together cause one renewal',
    shows: async () => assert.deepEqual(await ten(lost), { logins: 2, requests: 22 }),
  },
  15: {
    says: 'a 401 that comes late, after somebody else renewed, costs no login',
    async shows() {
      const late = Promise.withResolvers<LoopbackAnswer>()
      await using org = await withLogins((request) => {
        if (!isOld(request)) return request.url.endsWith('/limits') ? empty : { json: { user_id: '005' } }
        return request.url.endsWith('/limits') ? late.promise : lost
      })
      const slow = org.salesforce.limits()
      await org.salesforce.userInfo()
      late.resolve(lost)
      await slow
      assert.equal(org.logins(), 2)
      assert.equal(org.requests.at(-1)?.headers.authorization, 'Bearer T2')
    },
  },
  16: {
    says: 'a credential without a token, or whose token has ended for good, is an error and no login',
    async shows() {
      const none = [undefined, null, '', ' '] as never[]
      for (const token of none) {
        assert.throws(() => accessToken({ accessToken: token }), { name: 'ConfigurationError' })
        const renewal = { clientId: 'ID', refreshToken: token, loginUrl: instanceUrl }
        assert.throws(() => refreshToken(renewal), { name: 'ConfigurationError' })
      }
      await using refused = await loopbackOrg([lost])
      await assert.rejects(refused.salesforce.limits(), SessionError)
      assert.deepEqual(refused.requests.map(isLogin), [false])
      const auth = accessToken({ accessToken: 'TOKEN', instanceUrl, lifetime: 60_000 })
      await using ended = await loopbackOrg([empty], { auth })
      await ended.salesforce.limits()
      ended.clock.advance(60_000)
      await assert.rejects(ended.salesforce.limits(), AuthenticationError)
      assert.equal(ended.requests.length, 1)
    },
  },
  22: {
    says: 'client credentials are a form with three fields',
    async shows() {
      await using org = await withLogins(() => empty)
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
      const { iss, sub, aud, seconds } = await claims(instanceUrl)
      assert.deepEqual([iss, sub, aud], ['ID', username, 'https://login.salesforce.com'])
      assert.ok(seconds > 0 && seconds <= 300, `${seconds} seconds`)
      const sandbox = await claims('https://acme--test.sandbox.my.salesforce.com')
      assert.equal(sandbox.aud, 'https://test.salesforce.com')
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
      const auth = credentials()
      await using org = await withLogins(() => empty, auth)
      await using other = new Salesforce({ auth, dispatcher: org.dispatcher })
      await Promise.all([org.salesforce.limits(), other.limits()])
      await other.limits()
      assert.equal(org.logins(), 1)
      assert.equal(org.requests.filter(isOld).length, 3)
    },
  },
}
