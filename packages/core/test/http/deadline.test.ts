import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ConfigurationError, custom, TimeoutError } from '@forcewire/core'
import { accessToken, Salesforce, type Transport } from '@forcewire/core/portable'
import { type Answer, errors, instanceUrl, networkFailure, scriptedOrg } from '../support/scripted-org.ts'
import { TestClock } from '../support/test-clock.ts'

const never = new Promise<Answer>(() => {})

/** Lets everything that is ready run. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('the deadline of a call', () => {
  it('ends a call whose headers do not come, even when the transport ignores signals', async () => {
    const org = scriptedOrg(() => never, { timeout: 20_000 })
    const call = org.salesforce.limits()
    const refused = assert.rejects(call, (error) => {
      assert.ok(error instanceof TimeoutError)
      assert.match(error.message, /GET \/services\/data\/v67\.0\/limits had no answer within 20000 ms/)
      return error.phase === 'headers'
    })
    await settle()
    org.clock.advance(20_000)
    await refused
    assert.ok(org.requests[0]?.signal?.aborted)
  })

  it('says of a write that was sent what to do before it is sent again', async () => {
    const org = scriptedOrg(() => never, { timeout: 20_000 })
    const refused = assert.rejects(org.salesforce.sobject('Account').create({ Name: 'A' }), {
      message:
        'POST /services/data/v67.0/sobjects/Account had no answer within 20000 ms; raise timeout, and look whether it ' +
        'was carried out all the same before you send it again',
    })
    await settle()
    org.clock.advance(20_000)
    await refused
  })

  it('can be set for one call', async () => {
    const org = scriptedOrg(() => never)
    const refused = assert.rejects(org.salesforce.limits({ timeout: 30_000 }), TimeoutError)
    await settle()
    org.clock.advance(30_000)
    await refused
  })

  it('uses one timer for all calls and none when idle', async () => {
    let answer: (value: Answer) => void = () => {}
    const later = new Promise<Answer>((resolve) => {
      answer = resolve
    })
    const org = scriptedOrg(() => later)
    const calls = Promise.all([org.salesforce.limits(), org.salesforce.limits(), org.salesforce.limits()])
    await settle()
    assert.equal(org.clock.sleeping, 1)
    answer({ json: {} })
    await calls
    assert.equal(org.clock.sleeping, 0)
  })

  it('ends each of several calls at its own time', async () => {
    const org = scriptedOrg(() => never)
    const ended: number[] = []
    const begin = org.clock.now()
    for (const timeout of [60_000, 20_000, 40_000]) {
      org.salesforce.limits({ timeout }).catch(() => ended.push(timeout, org.clock.now() - begin))
    }
    await settle()
    for (let step = 0; step < 3; step += 1) {
      org.clock.advance(20_000)
      await settle()
    }
    assert.deepEqual(ended, [20_000, 20_000, 40_000, 40_000, 60_000, 60_000])
  })

  it('counts until the headers are there: a body may take longer', async () => {
    const clock = new TestClock()
    const transport: Transport = async () => ({
      status: 200,
      headers: {},
      body: (async function* () {
        yield new TextEncoder().encode('[{"version":')
        clock.advance(59_999)
        await settle()
        yield new TextEncoder().encode('"67.0"}]')
      })(),
    })
    const auth = accessToken({ accessToken: 'TOKEN', instanceUrl })
    const salesforce = new Salesforce({ auth, transport, clock, random: () => 1, timeout: 20_000 })
    assert.deepEqual(await salesforce.versions(), [{ version: '67.0' }])
  })

  it('runs on after a refusal: it ends a retry or a replay whose headers do not come', async () => {
    const lost: Answer = { status: 401, json: errors('INVALID_SESSION_ID') }
    const busy: Answer = { status: 503, headers: { 'retry-after': '4' } }
    let logins = 0
    const auth = custom(async () => ({ accessToken: `T${++logins}`, instanceUrl }))
    for (const refusal of [lost, busy]) {
      const org = scriptedOrg((_, index) => (index === 0 ? refusal : never), { auth, timeout: 20_000 })
      let error: unknown
      org.salesforce.limits().catch((reason: unknown) => {
        error = reason
      })
      for (let turn = 0; turn < 10; turn += 1) await settle()
      assert.equal(org.requests.length, 2)
      org.clock.advance(20_000)
      await settle()
      assert.ok(error instanceof TimeoutError && error.phase === 'headers')
    }
  })

  it('says when the time went by while logging in', async () => {
    const auth = custom(() => new Promise(() => {}))
    const org = scriptedOrg([{ json: {} }], { auth, timeout: 20_000 })
    const refused = assert.rejects(org.salesforce.limits(), /limits was still waiting for the login after 20000 ms/)
    await settle()
    org.clock.advance(20_000)
    await refused
  })

  it('is one of three phases that an error names', async () => {
    for (const [code, phase] of [
      ['UND_ERR_CONNECT_TIMEOUT', 'connect'],
      ['ETIMEDOUT', 'connect'],
      ['UND_ERR_HEADERS_TIMEOUT', 'headers'],
      ['UND_ERR_BODY_TIMEOUT', 'body'],
    ] as const) {
      const org = scriptedOrg([networkFailure(code)], { retry: false })
      await assert.rejects(org.salesforce.limits(), (error) => error instanceof TimeoutError && error.phase === phase)
    }
  })

  it('may pass while connecting and leave even a create to be sent again, since nothing was sent', async () => {
    const created: Answer = { status: 201, json: { id: '001', success: true, errors: [] } }
    const org = scriptedOrg([networkFailure('UND_ERR_CONNECT_TIMEOUT'), created])
    assert.equal((await org.salesforce.sobject('Account').create({ Name: 'Acme' })).id, '001')
  })

  it('includes the retries: none starts that could not end in time', async () => {
    const retry = { jitter: false, initialDelay: 10_000, factor: 10, maxDelay: 100_000, maxElapsed: 600_000 }
    const org = scriptedOrg([{ status: 503 }], { timeout: 60_000, retry })
    await assert.rejects(org.salesforce.limits(), { status: 503 })
    assert.deepEqual(org.clock.sleeps, [10_000])
  })
})

describe('the signal of a call', () => {
  it("rejects with the caller's own reason", async () => {
    const org = scriptedOrg(() => never)
    const stop = new AbortController()
    const reason = new Error('the workflow was cancelled')
    const refused = assert.rejects(org.salesforce.limits({ signal: stop.signal }), (error) => error === reason)
    await settle()
    stop.abort(reason)
    await refused
    assert.ok(org.requests[0]?.signal?.aborted)
  })

  it('sends nothing when it is aborted already', async () => {
    const org = scriptedOrg([{ json: {} }])
    await assert.rejects(
      org.salesforce.limits({ signal: AbortSignal.abort('too late') }),
      (error) => error === 'too late',
    )
    assert.equal(org.requests.length, 0)
  })

  it("during a login ends the caller's own call only; the login goes on for the others", async () => {
    const granted = Promise.withResolvers<{ accessToken: string }>()
    let logins = 0
    const auth = custom(() => {
      logins += 1
      return granted.promise
    })
    const org = scriptedOrg([{ json: {} }], { auth, instanceUrl })
    const stop = new AbortController()
    const stopped = assert.rejects(org.salesforce.limits({ signal: stop.signal }), (error) => error === 'enough')
    const other = org.salesforce.limits()
    await settle()
    stop.abort('enough')
    await stopped
    granted.resolve({ accessToken: 'T' })
    assert.deepEqual(await other, {})
    assert.deepEqual([logins, org.requests.length], [1, 1])
  })

  it('aborted already sends nothing by any road', async () => {
    const org = scriptedOrg([{ json: {} }])
    const signal = AbortSignal.abort('too late')
    const { salesforce } = org
    const calls = [
      () => salesforce.request({ path: 'x' }, { signal }),
      () => salesforce.requestStream({ path: 'x' }, { signal }),
      () => salesforce.query('SELECT Id FROM Account', {}, { signal }).all(),
      () => salesforce.login({ signal }),
      () => salesforce.revoke('T', { signal }),
    ]
    for (const call of calls) await assert.rejects(call, (error) => error === 'too late')
    assert.equal(org.requests.length, 0)
  })

  it('leaves no timer behind when an answer comes after all', async () => {
    const late = Promise.withResolvers<Answer>()
    let logins = 0
    const auth = custom(async () => ({ accessToken: `T${++logins}`, instanceUrl }))
    const org = scriptedOrg(() => late.promise, { auth })
    const stop = new AbortController()
    const stopped = assert.rejects(org.salesforce.limits({ signal: stop.signal }), (error) => error === 'enough')
    await settle()
    stop.abort('enough')
    await stopped
    late.resolve({ status: 401, json: errors('INVALID_SESSION_ID') })
    for (let turn = 0; turn < 10; turn += 1) await settle()
    assert.deepEqual([org.requests.length, org.clock.sleeping], [1, 0])
  })

  it('ends a wait before a retry', async () => {
    const org = scriptedOrg([{ status: 503, headers: { 'retry-after': '50' } }])
    const stop = new AbortController()
    const refused = assert.rejects(org.salesforce.limits({ signal: stop.signal }), (error) => error === 'enough')
    await settle()
    stop.abort('enough')
    await refused
    assert.deepEqual([org.requests.length, org.clock.sleeping], [1, 0])
  })
})

describe('close', () => {
  it('ends what is in flight and refuses what comes later', async () => {
    const org = scriptedOrg(() => never)
    const closed = (attempts?: number) => (error: unknown) => {
      assert.ok(error instanceof ConfigurationError)
      assert.equal(error.message, 'This Salesforce client was closed; create a new one.')
      assert.equal(error.request?.attempts, attempts)
      return true
    }
    const refused = assert.rejects(org.salesforce.limits(), closed(1))
    await settle()
    await org.salesforce.close()
    await refused
    await assert.rejects(org.salesforce.limits(), closed())
    assert.equal(org.requests.length, 1)
  })

  it('ends a call whose rule or middleware never settles', async () => {
    const hangs = new Promise<never>(() => {})
    const rule = { when: () => hangs }
    const waiting = [
      scriptedOrg([{ status: 418 }], { timeout: 20_000, retry: { rules: [rule] } }),
      scriptedOrg([networkFailure('ECONNRESET')], { timeout: 20_000, retry: { rules: [rule] } }),
      scriptedOrg([{ json: {} }], {
        timeout: 20_000,
        middleware: [(request, next) => next(request).then(() => hangs)],
      }),
    ]
    for (const { salesforce, clock } of waiting) {
      for (const call of [() => salesforce.limits(), () => salesforce.requestStream({ path: 'x' })]) {
        const ended = call().then(
          () => 'answered',
          (error: unknown) => error instanceof TimeoutError && error.phase,
        )
        await settle()
        clock.advance(20_000)
        await settle()
        assert.equal(await Promise.race([ended, settle().then(() => 'waits')]), 'headers')
        assert.equal(clock.sleeping, 0)
      }
    }
  })
})
