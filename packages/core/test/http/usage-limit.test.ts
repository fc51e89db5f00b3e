import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { clientCredentials, LimitError } from '@forcewire/core'
import { type Answer, instanceUrl, scriptedOrg } from '../support/scripted-org.ts'

const used = (count: number): Answer => ({
  json: {},
  headers: { 'sforce-limit-info': `api-usage=${count}/1000` },
})

describe('usageLimit', () => {
  it('lets calls pass until its share of the daily requests is used, and refuses them from then on', async () => {
    const org = scriptedOrg([used(898), used(899), used(900)], { usageLimit: 0.9 })
    for (let call = 0; call < 3; call += 1) await org.salesforce.limits()
    await assert.rejects(org.salesforce.limits(), (error) => {
      assert.ok(error instanceof LimitError && error.scope === 'daily')
      assert.equal(
        error.message,
        'GET /services/data/v67.0/limits was not sent: 900 of the 1,000 API requests that the org has in 24 hours are ' +
          'used, and the option usageLimit stops this client at 0.9; wait, or raise usageLimit',
      )
      assert.deepEqual([error.status, error.errors, error.request?.attempts], [0, [], 0])
      return true
    })
    assert.equal(org.requests.length, 3)
  })

  it('counts calls in flight: of fifty that start at once no more are sent than are left', async () => {
    let count = 890
    const org = scriptedOrg(() => used(++count), { usageLimit: 0.9 })
    const calls = await Promise.allSettled(Array.from({ length: 50 }, () => org.salesforce.limits()))
    assert.equal(org.requests.length, 10)
    assert.equal(calls.filter(({ status }) => status === 'fulfilled').length, 10)
    for (const call of calls) {
      if (call.status === 'rejected') assert.match(String(call.reason), /900 of the 1,000 API requests/)
    }
  })

  it('lets one call go ahead of the others until a figure is known, and all where answers tell none', async () => {
    for (const [answer, sent] of [
      [used(950), 1],
      [{ json: {} }, 50],
    ] as const) {
      const first = Promise.withResolvers<Answer>()
      const org = scriptedOrg((_, index) => (index === 0 ? first.promise : answer), { usageLimit: 0.9 })
      const calls = Promise.allSettled(Array.from({ length: 50 }, () => org.salesforce.limits()))
      await new Promise((resolve) => setImmediate(resolve))
      assert.equal(org.requests.length, 1)
      first.resolve(answer)
      await calls
      assert.equal(org.requests.length, sent)
    }
  })

  it('sends nothing for a caller who leaves while the call waits', async () => {
    const first = Promise.withResolvers<Answer>()
    const org = scriptedOrg((_, index) => (index === 0 ? first.promise : used(10)), { usageLimit: 0.9 })
    const stop = new AbortController()
    const ahead = org.salesforce.limits()
    const waiting = assert.rejects(org.salesforce.limits({ signal: stop.signal }), (error) => error === 'enough')
    stop.abort('enough')
    await waiting
    first.resolve(used(9))
    await ahead
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual([org.requests.length, org.clock.sleeping], [1, 0])
  })

  it('is not misled by answers that overtake one another, and believes a lower figure of a later call', async () => {
    const late = Promise.withResolvers<Answer>()
    const answers = [used(890), late.promise, used(899), used(5), used(6)]
    const org = scriptedOrg((_, index) => answers[index] as Answer, { usageLimit: 0.9 })
    await org.salesforce.limits()
    const slow = org.salesforce.limits()
    await org.salesforce.limits()
    late.resolve(used(891))
    await slow
    assert.equal(org.salesforce.usage?.used, 899)
    await org.salesforce.limits()
    assert.equal(org.salesforce.usage?.used, 5)
  })

  it('warns once each time that it stops the client', async () => {
    const org = scriptedOrg([used(950), used(10), used(950)], { usageLimit: 0.9 })
    const warnings: string[] = []
    org.salesforce.on('warning', ({ message }) => warnings.push(message))
    await org.salesforce.limits()
    for (let call = 0; call < 3; call += 1) await assert.rejects(org.salesforce.limits(), LimitError)
    assert.equal(warnings.length, 1)
    assert.match(warnings[0] ?? '', /usageLimit stops this client/)
    org.clock.advance(300_000)
    await org.salesforce.limits()
    await org.salesforce.limits()
    await assert.rejects(org.salesforce.limits(), LimitError)
    assert.equal(warnings.length, 2)
  })

  it('goes on without another warning while tokens are revoked', async () => {
    const org = scriptedOrg(({ url }) => (url.endsWith('/revoke') ? { text: '' } : used(950)), { usageLimit: 0.9 })
    let warnings = 0
    org.salesforce.on('warning', () => {
      warnings += 1
    })
    await org.salesforce.limits()
    for (let call = 0; call < 2; call += 1) {
      await assert.rejects(org.salesforce.limits(), LimitError)
      await org.salesforce.revoke('T')
    }
    assert.equal(warnings, 1)
  })

  it('lets one call look again after five minutes without news, and all of them once there is room', async () => {
    const org = scriptedOrg([used(950), used(940), used(100)], { usageLimit: 0.9 })
    await org.salesforce.limits()
    org.clock.advance(299_999)
    await assert.rejects(org.salesforce.limits(), LimitError)
    org.clock.advance(1)
    const [first, second] = await Promise.allSettled([org.salesforce.limits(), org.salesforce.limits()])
    assert.deepEqual([first.status, second.status], ['fulfilled', 'rejected'])
    await assert.rejects(org.salesforce.limits(), LimitError)
    org.clock.advance(300_000)
    await org.salesforce.limits()
    await org.salesforce.limits()
    assert.equal(org.requests.length, 4)
  })

  it('stops retries, and is never retried itself', async () => {
    const busy = { ...used(950), status: 503 }
    const org = scriptedOrg([busy], { usageLimit: 0.9 })
    await assert.rejects(org.salesforce.limits(), LimitError)
    assert.equal(org.requests.length, 1)
  })

  it('refuses before the login, which would be a call too, but never a login or a revocation itself', async () => {
    const auth = clientCredentials({ clientId: 'a', clientSecret: 'b', loginUrl: instanceUrl, lifetime: 60_000 })
    const token: Answer = { json: { access_token: 'T' } }
    const org = scriptedOrg([token, used(950), token], { auth, usageLimit: 0.9 })
    await org.salesforce.limits()
    org.clock.advance(60_000)
    await assert.rejects(org.salesforce.limits(), LimitError)
    assert.equal(org.requests.length, 2)
    assert.equal((await org.salesforce.login()).accessToken, 'T')
    await org.salesforce.revoke('T')
  })

  it('of 1 stops at the limit itself, and no option means no stop', async () => {
    const whole = scriptedOrg([used(999), used(1_000)], { usageLimit: 1 })
    await whole.salesforce.limits()
    await whole.salesforce.limits()
    await assert.rejects(whole.salesforce.limits(), LimitError)
    const none = scriptedOrg([used(1_000)])
    await none.salesforce.limits()
    await none.salesforce.limits()
  })
})

it('the usage that is told belongs to nobody: it cannot be changed, and an app may have brackets in its name', async () => {
  const info = 'api-usage=25/5000; per-app-api-usage=17/250(appName=My App (Prod))'
  const { salesforce } = scriptedOrg([{ json: {}, headers: { 'sforce-limit-info': info } }])
  await salesforce.limits()
  const { usage } = salesforce
  assert.deepEqual(usage?.perApp, { appName: 'My App (Prod)', used: 17, limit: 250, remaining: 233 })
  assert.throws(() => Object.assign(usage as object, { used: 5_000 }), TypeError)
  assert.throws(() => Object.assign(usage?.perApp as object, { used: 250 }), TypeError)
})
