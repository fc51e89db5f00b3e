import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import { AuthenticationError, clientCredentials, custom, hostAuth, SessionError, TransportError } from '@forcewire/core'
import { Salesforce, type TransportRequest } from '@forcewire/core/portable'
import {
  type Answer,
  errors,
  instanceUrl,
  networkFailure,
  type Script,
  scriptedOrg,
  scriptedTransport,
} from '../support/scripted-org.ts'
import { TestClock } from '../support/test-clock.ts'

const login = (token: string, instance: string = instanceUrl): Answer => ({
  json: { access_token: token, instance_url: instance },
})
const lost: Answer = { status: 401, json: errors('INVALID_SESSION_ID') }
const credentials = (lifetime?: number) =>
  clientCredentials({ clientId: 'ID', clientSecret: 'SECRET', loginUrl: instanceUrl, lifetime })
const isLogin = (request: TransportRequest): boolean => request.url.endsWith('/services/oauth2/token')

/** Tokens T1, T2, ... in the order of logins; `answer` decides about everything else. */
function withLogins(answer: Script, lifetime?: number, address?: string) {
  let logins = 0
  const org = scriptedOrg((request, index) => (isLogin(request) ? login(`T${++logins}`) : answer(request, index)), {
    auth: credentials(lifetime),
    instanceUrl: address,
  })
  return { ...org, logins: () => logins }
}

describe('a session', () => {
  it('is opened once for ten calls at the same time', async () => {
    const org = withLogins(() => ({ json: {} }))
    await Promise.all(Array.from({ length: 10 }, () => org.salesforce.limits()))
    assert.equal(org.logins(), 1)
    assert.equal(org.requests.length, 11)
  })

  it('is shared by two clients with the same credential', async () => {
    const { transport, requests } = scriptedTransport((request) => (isLogin(request) ? login('T') : { json: {} }))
    const options = { auth: credentials(), transport, clock: new TestClock(), random: () => 1 }
    await new Salesforce(options).limits()
    await new Salesforce(options).limits()
    assert.equal(requests.filter(isLogin).length, 1)
  })

  it('is opened by another client when the one that was opening it is closed', async () => {
    let logins = 0
    const opening = Promise.withResolvers<Answer>()
    const { transport } = scriptedTransport((request) => {
      if (!isLogin(request)) return { json: {} }
      logins += 1
      return logins === 1 ? opening.promise : login('T')
    })
    const options = { auth: credentials(), transport, clock: new TestClock(), random: () => 1 }
    const first = new Salesforce(options)
    const second = new Salesforce(options)
    const closed = assert.rejects(first.limits(), { code: 'ERR_SF_CONFIG', message: /client was closed/ })
    const calls = Promise.all([second.limits(), second.limits()])
    await first.close()
    await closed
    assert.deepEqual(await calls, [{}, {}])
    assert.equal(logins, 2)
  })

  it('is asked for once when two clients share a login of their own that fails', async () => {
    let logins = 0
    const auth = custom(async () => {
      logins += 1
      throw new Error('the vault is closed')
    })
    const { transport } = scriptedTransport([{ json: {} }])
    const client = () => new Salesforce({ auth, instanceUrl, transport, clock: new TestClock(), random: () => 1 })
    const calls = await Promise.allSettled([client().limits(), client().limits()])
    for (const call of calls) assert.match(String((call as PromiseRejectedResult).reason), /the vault is closed/)
    assert.equal(logins, 1)
  })

  it('is not shared by clients of two orgs', async () => {
    const other = 'https://other.my.salesforce.com'
    const { transport, requests } = scriptedTransport([{ json: {} }])
    let logins = 0
    const auth = custom(async () => ({ accessToken: `T${++logins}` }))
    for (const address of [instanceUrl, other]) {
      await new Salesforce({ auth, instanceUrl: address, transport, clock: new TestClock(), random: () => 1 }).limits()
    }
    assert.deepEqual(
      requests.map(({ url, headers }) => `${new URL(url).origin} ${headers.authorization}`),
      [`${instanceUrl} Bearer T1`, `${other} Bearer T2`],
    )
  })

  it('is used on the instance that the login names, whatever address the client was given', async () => {
    const org = withLogins(() => ({ json: {} }), undefined, 'https://elsewhere.my.salesforce.com')
    await org.salesforce.limits()
    assert.equal(org.requests.at(-1)?.url, `${instanceUrl}/services/data/v67.0/limits`)
  })

  it('is renewed once and the call replayed with the new token', async () => {
    const org = withLogins(({ headers }) => (headers.authorization === 'Bearer T1' ? lost : { json: {} }))
    assert.deepEqual(await org.salesforce.limits(), {})
    assert.equal(org.logins(), 2)
  })

  it('is not renewed a second time for one call', async () => {
    const org = withLogins(() => lost)
    await assert.rejects(org.salesforce.limits(), SessionError)
    assert.deepEqual([org.logins(), org.requests.length], [2, 4])
  })

  it('is renewed once when two calls lose it together', async () => {
    const org = withLogins(({ headers }) => (headers.authorization === 'Bearer T1' ? lost : { json: {} }))
    await Promise.all([org.salesforce.limits(), org.salesforce.limits()])
    assert.equal(org.logins(), 2)
  })

  it('costs no further login when a refusal comes late, after somebody else renewed it', async () => {
    let refuseLate: (answer: Answer) => void = () => {}
    const late = new Promise<Answer>((resolve) => {
      refuseLate = resolve
    })
    const org = withLogins(({ headers, url }) => {
      if (headers.authorization !== 'Bearer T1') return { json: {} }
      return url.endsWith('/limits') ? late : lost
    })
    const slow = org.salesforce.limits()
    await org.salesforce.request({ path: 'other' })
    refuseLate(lost)
    await slow
    assert.equal(org.logins(), 2)
  })

  it('replays on the instance that the new login names', async () => {
    const moved = 'https://acme2.my.salesforce.com'
    const logins = [login('T1'), login('T2', moved)]
    const org = scriptedOrg(
      (request) => {
        if (isLogin(request)) return logins.shift() ?? login('T3')
        return request.url.startsWith(moved) ? { json: {} } : lost
      },
      { auth: credentials() },
    )
    await org.salesforce.limits()
    assert.equal(org.requests.at(-1)?.url, `${moved}/services/data/v67.0/limits`)
  })

  it('is renewed before use once its known lifetime has passed, and never before a refusal otherwise', async () => {
    const known = withLogins(() => ({ json: {} }), 600_000)
    await known.salesforce.limits()
    known.clock.advance(560_000)
    await known.salesforce.limits()
    assert.equal(known.logins(), 1)
    known.clock.advance(20_000)
    await known.salesforce.limits()
    assert.equal(known.logins(), 2)
    const unknown = withLogins(() => ({ json: {} }))
    await unknown.salesforce.limits()
    unknown.clock.advance(1e12)
    await unknown.salesforce.limits()
    assert.equal(unknown.logins(), 1)
  })

  it('counts the sends before and after a renewal as one allowance of retries', async () => {
    const answers: Answer[] = [
      { status: 500 },
      { status: 500 },
      lost,
      { status: 500 },
      { status: 500 },
      { status: 500 },
    ]
    const org = withLogins(() => answers.shift() ?? { json: {} })
    await assert.rejects(org.salesforce.limits(), {
      status: 500,
      request: { attempts: 5, method: 'GET', path: '/services/data/v67.0/limits' },
    })
  })

  it('is renewed even with retries off', async () => {
    const org = withLogins(({ headers }) => (headers.authorization === 'Bearer T1' ? lost : { json: {} }))
    assert.deepEqual(await org.salesforce.limits({ retry: false }), {})
  })

  it('that was given ready cannot be renewed', async () => {
    const org = scriptedOrg([lost])
    await assert.rejects(org.salesforce.limits(), SessionError)
    assert.equal(org.requests.length, 1)
  })
})

describe('a login that fails', () => {
  it('is posted once and fails every waiting call', async () => {
    const refusal = { status: 400, json: { error: 'invalid_client', error_description: 'invalid client credentials' } }
    const org = scriptedOrg([refusal], { auth: credentials() })
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => org.salesforce.limits()))
    assert.equal(org.requests.length, 1)
    for (const result of results) {
      assert.ok(result.status === 'rejected' && result.reason instanceof AuthenticationError)
      assert.equal(result.reason.message, 'Salesforce refused the login: [invalid_client] invalid client credentials')
    }
  })

  it('is tried again by a later call', async () => {
    const answers: Answer[] = [{ status: 400, json: { error: 'invalid_grant' } }, login('T'), { json: {} }]
    const org = scriptedOrg(answers, { auth: credentials() })
    await assert.rejects(org.salesforce.limits(), { errorCode: 'invalid_grant' })
    await org.salesforce.limits()
  })

  it('for want of a connection has its own retries, which those of the call do not multiply', async () => {
    const org = scriptedOrg([networkFailure('ECONNREFUSED')], { auth: credentials() })
    await assert.rejects(org.salesforce.limits(), TransportError)
    assert.equal(org.requests.length, 4)
  })

  it('for maintenance is retried', async () => {
    const org = scriptedOrg([{ status: 503, text: '<html>maintenance</html>' }, login('T'), { json: {} }], {
      auth: credentials(),
    })
    await org.salesforce.limits()
  })
})

describe('a token', () => {
  it('travels to the instance of its session only', async () => {
    const org = scriptedOrg([{ json: {} }])
    await assert.rejects(org.salesforce.request({ path: 'https://evil.example/steal' }), { code: 'ERR_SF_CONFIG' })
    assert.equal(org.requests.length, 0)
    await org.salesforce.request({ path: `${instanceUrl}/services/data` })
    assert.equal(org.requests[0]?.url, `${instanceUrl}/services/data`)
    await org.salesforce.request({ path: `${instanceUrl}/services/data/next?cursor=1` })
    assert.equal(org.requests[1]?.url, `${instanceUrl}/services/data/next?cursor=1`)
  })

  it('is not sent to an instance that is no host of Salesforce', async () => {
    const org = scriptedOrg([login('T', 'https://evil.example')], { auth: credentials() })
    await assert.rejects(org.salesforce.limits(), /instanceUrl 'https:\/\/evil\.example' is not a host of Salesforce/)
    assert.equal(org.requests.length, 1)
  })

  it('is not handed out for an instance that is no host of Salesforce', async () => {
    const org = scriptedOrg([login('T', 'https://evil.example')], { auth: credentials() })
    await assert.rejects(org.salesforce.login(), /instanceUrl 'https:\/\/evil\.example' is not a host of Salesforce/)
    const silent = scriptedOrg([{ json: { access_token: 'T' } }], { auth: credentials() })
    assert.equal((await silent.salesforce.login()).instanceUrl, instanceUrl)
  })

  it('and every secret stay out of inspection, errors and events', async () => {
    const seen: unknown[] = []
    const org = withLogins(({ headers }) =>
      headers.authorization === 'Bearer T1' ? lost : { status: 400, json: errors('NO') },
    )
    for (const event of ['request', 'response', 'retry', 'usage', 'login', 'warning'] as const) {
      org.salesforce.on(event, (value) => seen.push(value))
    }
    seen.push(await org.salesforce.limits().catch((error: unknown) => error), org.salesforce, credentials())
    assert.doesNotMatch(inspect(seen, { depth: 12, showHidden: true }), /SECRET|Bearer|\bT[12]\b/)
  })
})

describe('hostAuth', () => {
  const host = (script: Script | readonly Answer[]) => scriptedOrg(script, { auth: hostAuth() })

  it('sends relative addresses and no token', async () => {
    const org = host([{ json: {} }])
    await org.salesforce.limits()
    assert.equal(org.requests[0]?.url, '/services/data/v67.0/limits')
    assert.equal(org.requests[0]?.headers.authorization, undefined)
  })

  it('renews nothing: a refused session is a SessionError', async () => {
    const org = host([lost])
    await assert.rejects(org.salesforce.limits(), SessionError)
    assert.equal(org.requests.length, 1)
  })

  it("lets no absolute address through to the host's credential", async () => {
    const org = host([{ json: {} }])
    await assert.rejects(org.salesforce.request({ path: 'https://evil.example/' }), { code: 'ERR_SF_CONFIG' })
    await assert.rejects(org.salesforce.request({ path: '//evil.example/' }), { code: 'ERR_SF_CONFIG' })
    assert.equal(org.requests.length, 0)
  })
})

describe('custom', () => {
  it('costs no further login for a late refusal though the function brings the same token again', async () => {
    let logins = 0
    const late = Promise.withResolvers<Answer>()
    let sent = 0
    const auth = custom(async () => ({ accessToken: `SAME${logins++ * 0}`, instanceUrl }))
    const org = scriptedOrg(
      ({ url }) => {
        sent += 1
        if (sent === 1) return late.promise
        return url.endsWith('other') && sent === 2 ? lost : { json: {} }
      },
      { auth },
    )
    const slow = org.salesforce.limits()
    await org.salesforce.request({ path: 'other' })
    late.resolve(lost)
    await slow
    assert.equal(logins, 2)
  })

  it('is asked again once nobody waits for an answer that never came, and one that comes late is not used', async () => {
    let logins = 0
    const never = Promise.withResolvers<{ accessToken: string; instanceUrl: string }>()
    const auth = custom(() => (logins++ === 0 ? never.promise : Promise.resolve({ accessToken: 'GOOD', instanceUrl })))
    const org = scriptedOrg([{ json: {} }], { auth })
    const leave = new AbortController()
    const left = assert.rejects(org.salesforce.limits({ signal: leave.signal }))
    leave.abort()
    await left
    await org.salesforce.limits()
    never.resolve({ accessToken: 'LATE', instanceUrl })
    await never.promise
    await org.salesforce.limits()
    assert.equal(logins, 2)
    assert.deepEqual(
      org.requests.map(({ headers }) => headers.authorization),
      ['Bearer GOOD', 'Bearer GOOD'],
    )
  })

  it('uses what the function brings and asks it again when the session is lost', async () => {
    let calls = 0
    const auth = custom(async () => ({ accessToken: `C${++calls}`, instanceUrl }))
    const org = scriptedOrg(({ headers }) => (headers.authorization === 'Bearer C1' ? lost : { json: {} }), { auth })
    await org.salesforce.limits()
    assert.equal(calls, 2)
  })
})

it('a shared session is used by those clients only that allow its host', async () => {
  const auth = custom(async () => ({ accessToken: 'TOKEN', instanceUrl: 'https://proxy.example' }))
  const { transport, requests } = scriptedTransport([{ json: {} }])
  const others = { auth, transport, clock: new TestClock(), random: () => 1 }
  const allows = new Salesforce({ ...others, allowedHosts: ['proxy.example'] })
  const refuses = new Salesforce(others)
  for (let call = 1; call <= 2; call += 1) {
    await allows.limits()
    await assert.rejects(refuses.limits(), { code: 'ERR_SF_CONFIG', message: /is not a host of Salesforce/ })
    assert.equal(requests.length, call)
  }
})
