import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { custom, TimeoutError } from '@forcewire/core'
import { type Answer, errors, instanceUrl, scriptedOrg } from '../support/scripted-org.ts'

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

  it('runs on after a refusal: it ends a retry or a replay whose headers do not come', async () => {
    const lost: Answer = { status: 401, json: errors('INVALID_SESSION_ID') }
    const busy: Answer = { status: 503, headers: { 'retry-after': '5' } }
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
    const refused = assert.rejects(org.salesforce.limits(), { name: 'AbortError', message: /client was closed/ })
    await settle()
    await org.salesforce.close()
    await refused
    await assert.rejects(org.salesforce.limits(), { name: 'AbortError' })
    assert.equal(org.requests.length, 1)
  })
})
