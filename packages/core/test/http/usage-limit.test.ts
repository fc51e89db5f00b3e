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
