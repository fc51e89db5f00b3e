import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type DeviceCode, deviceFlow, type OAuthTokens, ProtocolError, type TransportRequest } from '@forcewire/core'
import { type Answer, errors, instanceUrl, networkFailure, scriptedOrg } from '../support/scripted-org.ts'

const code: Answer = {
  json: { device_code: 'DEVICE', user_code: 'PFJ9YA8M', verification_uri: `${instanceUrl}/connect`, interval: 5 },
}
const granted: Answer = { json: { access_token: 'A1', refresh_token: 'R1', instance_url: instanceUrl } }
const refused = (error: string): Answer => ({ status: 400, json: { error, error_description: 'said by the test' } })
const pending = refused('authorization_pending')
const lost: Answer = { status: 401, json: errors('INVALID_SESSION_ID') }
const form = (request: TransportRequest | undefined): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(String(request?.body)))

/** Token requests are answered in order, everything else with an empty success. */
function deviceOrg(answers: readonly Answer[], options: object = {}) {
  const codes: DeviceCode[] = []
  const rest = [...answers]
  const auth = deviceFlow({ clientId: 'APP', loginUrl: instanceUrl, onCode: (told) => codes.push(told), ...options })
  const org = scriptedOrg(({ url }) => (url.endsWith('/token') ? (rest.shift() ?? pending) : { json: {} }), {
    auth,
    retry: false,
  })
  return { ...org, codes }
}

describe('deviceFlow', () => {
  it('shows the code, asks at the interval until the user agrees, and hands over the tokens', async () => {
    const seen: OAuthTokens[] = []
    const org = deviceOrg([code, pending, pending, granted], {
      clientSecret: 'S',
      scopes: ['api', 'refresh_token'],
      onTokens: (tokens: OAuthTokens) => seen.push(tokens),
    })
    assert.deepEqual(await org.salesforce.limits(), {})
    assert.deepEqual(org.codes, [
      { userCode: 'PFJ9YA8M', verificationUrl: `${instanceUrl}/connect`, expiresIn: 600_000, interval: 5_000 },
    ])
    assert.deepEqual(form(org.requests[0]), {
      response_type: 'device_code',
      client_id: 'APP',
      scope: 'api refresh_token',
    })
    assert.deepEqual(form(org.requests[1]), {
      grant_type: 'device',
      client_id: 'APP',
      client_secret: 'S',
      code: 'DEVICE',
    })
    assert.deepEqual(org.clock.sleeps, [5_000, 5_000, 5_000])
    assert.equal(seen[0]?.refreshToken, 'R1')
  })

  it('asks five seconds slower each time that it is told to slow down', async () => {
    const org = deviceOrg([code, refused('slow_down'), refused('slow_down'), granted])
    await org.salesforce.limits()
    assert.deepEqual(org.clock.sleeps, [5_000, 10_000, 15_000])
  })

  it('waits for the person as long as it takes, whatever the timeout of the call is', async () => {
    const org = deviceOrg([code, ...Array<Answer>(60).fill(pending), granted])
    assert.deepEqual(await org.salesforce.limits({ timeout: 60_000 }), {})
  })

  it('ends when nobody enters the code in time', async () => {
    const org = deviceOrg([code])
    await assert.rejects(org.salesforce.limits(), {
      code: 'ERR_SF_AUTH',
      message: 'deviceFlow: nobody entered the code before it expired; start again for a new one',
    })
    assert.equal(org.clock.sleeps.length, 120)
  })

  it('believes an answer that says how long its code lives', async () => {
    const short = { ...(code as { json: object }).json, expires_in: 12 }
    const org = deviceOrg([{ json: short }])
    await assert.rejects(org.salesforce.limits(), /before it expired/)
    assert.equal(org.codes[0]?.expiresIn, 12_000)
    assert.equal(org.clock.sleeps.length, 3)
  })

  it('ends when the user refuses', async () => {
    const org = deviceOrg([code, pending, refused('access_denied')])
    await assert.rejects(org.salesforce.limits(), { code: 'ERR_SF_AUTH', errorCode: 'access_denied' })
  })

  it('goes on asking after a connection that failed', async () => {
    const org = deviceOrg([code, networkFailure('ECONNRESET'), granted])
    assert.deepEqual(await org.salesforce.limits(), {})
  })

  it('renews by the refresh token without asking the user again', async () => {
    const org = deviceOrg([code, granted, { json: { access_token: 'A2', instance_url: instanceUrl } }], {
      lifetime: 60_000,
    })
    await org.salesforce.limits()
    org.clock.advance(60_000)
    await org.salesforce.limits()
    assert.equal(org.codes.length, 1)
    assert.equal(form(org.requests[3]).refresh_token, 'R1')
  })

  it('stops asking when the client is closed', async () => {
    const shown = Promise.withResolvers<void>()
    const slow = { ...(code as { json: object }).json, interval: 60 }
    const org = deviceOrg([{ json: slow }], { onCode: () => shown.resolve() })
    const ended = assert.rejects(org.salesforce.limits(), { code: 'ERR_SF_CONFIG', message: /client was closed/ })
    await shown.promise
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(org.clock.sleeping, 1)
    await org.salesforce.close()
    await ended
    assert.equal(org.clock.sleeping, 0)
  })

  describe('whose caller leaves', () => {
    const slow = { json: { ...(code as { json: object }).json, interval: 60 } }
    const turn = async (): Promise<void> => {
      for (let turns = 0; turns < 10; turns += 1) await new Promise((resolve) => setImmediate(resolve))
    }

    it('stops asking at once', async () => {
      const org = deviceOrg([slow])
      const stop = new AbortController()
      const ended = assert.rejects(org.salesforce.limits({ signal: stop.signal }), (error) => error === 'enough')
      await turn()
      assert.deepEqual([org.codes.length, org.clock.sleeping], [1, 1])
      stop.abort('enough')
      await ended
      await turn()
      assert.equal(org.clock.sleeping, 0)
      org.clock.advance(600_000)
      await turn()
      assert.equal(org.requests.length, 1)
    })

    it('goes on for another call that waits, and ends with the last of them', async () => {
      const org = deviceOrg([slow])
      const [one, other] = [new AbortController(), new AbortController()]
      const calls = [one, other].map(({ signal }) => org.salesforce.limits({ signal }).catch((reason) => reason))
      await turn()
      one.abort('first')
      await turn()
      assert.equal(org.clock.sleeping, 1)
      org.clock.advance(60_000)
      await turn()
      assert.equal(org.requests.length, 2)
      other.abort('second')
      assert.deepEqual(await Promise.all(calls), ['first', 'second'])
      await turn()
      assert.equal(org.clock.sleeping, 0)
    })

    it('begins anew for a call that comes later, also while the end is on its way', async () => {
      const org = deviceOrg([slow, slow, granted])
      const stop = new AbortController()
      const ended = assert.rejects(org.salesforce.limits({ signal: stop.signal }), (error) => error === 'enough')
      await turn()
      stop.abort('enough')
      const later = org.salesforce.request({ path: 'x' })
      await ended
      await turn()
      assert.equal(org.codes.length, 2)
      org.clock.advance(60_000)
      assert.equal((await later).status, 200)
    })

    it('shows no code that came too late', async () => {
      const late = Promise.withResolvers<Answer>()
      const codes: DeviceCode[] = []
      const auth = deviceFlow({ clientId: 'APP', loginUrl: instanceUrl, onCode: (told) => codes.push(told) })
      const org = scriptedOrg(() => late.promise, { auth })
      const stop = new AbortController()
      const ended = assert.rejects(org.salesforce.limits({ signal: stop.signal }), (error) => error === 'enough')
      await turn()
      stop.abort('enough')
      await ended
      late.resolve(slow)
      await turn()
      assert.deepEqual([codes.length, org.requests.length, org.clock.sleeping], [0, 1, 0])
    })
  })

  it('is a ProtocolError when the answer holds no code', async () => {
    const org = deviceOrg([{ text: '<html>' }])
    await assert.rejects(org.salesforce.limits(), (error) => error instanceof ProtocolError)
  })

  it('needs a function that shows the code', () => {
    assert.throws(() => deviceFlow({ clientId: 'APP' } as never), {
      code: 'ERR_SF_CONFIG',
      message: /onCode is missing/,
    })
    assert.throws(() => deviceFlow({ clientId: 'APP', onCode: 'x' as never }), /deviceFlow: onCode must be a function/)
  })

  it('fails with what onCode throws, before anything is asked', async () => {
    const org = deviceOrg([code], {
      onCode: async () => {
        throw new Error('no screen')
      },
    })
    await assert.rejects(org.salesforce.limits(), /no screen/)
    assert.equal(org.requests.length, 1)
  })

  it('is asked about again when a session without a refresh token is lost', async () => {
    const { refresh_token: _, ...once } = (granted as { json: Record<string, string> }).json
    let alive = true
    const answers = [code, { json: once }, code, { json: { ...once, access_token: 'A2' } }]
    const codes: DeviceCode[] = []
    const org = scriptedOrg(
      (request) => {
        if (request.url.endsWith('/token')) return answers.shift() ?? pending
        return alive || request.headers.authorization === 'Bearer A2' ? { json: {} } : lost
      },
      { auth: deviceFlow({ clientId: 'APP', loginUrl: instanceUrl, onCode: (told) => codes.push(told) }) },
    )
    await org.salesforce.limits()
    alive = false
    await org.salesforce.limits()
    assert.equal(codes.length, 2)
  })
})
