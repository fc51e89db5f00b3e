import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ApiError, clientCredentials, custom, LimitError, TransportError } from '@forcewire/core'
import { accessToken, Salesforce } from '@forcewire/core/portable'
import {
  type Answer,
  errors,
  instanceUrl,
  networkFailure,
  scriptedOrg,
  scriptedTransport,
} from '../support/scripted-org.ts'
import { TestClock } from '../support/test-clock.ts'

const good: Answer = { json: {} }
const busy: Answer = { status: 503, text: 'upstream connect error' }
const account = { Name: 'Acme' }

describe('retries', () => {
  for (const status of [408, 429, 500, 502, 503, 504]) {
    it(`reads again after status ${status}, at most three times`, async () => {
      const org = scriptedOrg([{ status }])
      await assert.rejects(org.salesforce.limits(), {
        status,
        request: { method: 'GET', path: '/services/data/v67.0/limits', attempts: 4 },
      })
      assert.equal(org.requests.length, 4)
    })
  }

  for (const status of [400, 403, 404, 405, 409, 415]) {
    it(`sends once when the answer is ${status}`, async () => {
      const org = scriptedOrg([{ status, json: errors('SOMETHING') }])
      await assert.rejects(org.salesforce.limits(), ApiError)
      assert.equal(org.requests.length, 1)
    })
  }

  it('waits 0.5, 1, 2, 4, 8, 10, 10 seconds without jitter', async () => {
    const org = scriptedOrg([busy], { retry: { maxRetries: 7, jitter: false } })
    await assert.rejects(org.salesforce.limits(), ApiError)
    assert.deepEqual(org.clock.sleeps, [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000])
  })

  it('draws each delay evenly from 0 to its length', async () => {
    const { transport } = scriptedTransport([busy])
    const auth = accessToken({ accessToken: 'TOKEN', instanceUrl })
    const clock = new TestClock()
    const draws = [0, 0.25, 0.5]
    const salesforce = new Salesforce({ auth, transport, clock, random: () => draws.shift() ?? 1 })
    await assert.rejects(salesforce.limits(), ApiError)
    assert.deepEqual(clock.sleeps, [0, 250, 1_000])
  })

  it('never creates a record twice when nobody knows what became of the first attempt', async () => {
    const unknown: readonly Answer[] = [
      busy,
      { status: 500 },
      { status: 500, json: errors('SERVER_UNAVAILABLE') },
      { status: 201, text: '{"id":"001' },
      networkFailure('ECONNRESET'),
      networkFailure('UND_ERR_SOCKET'),
    ]
    for (const answer of unknown) {
      const org = scriptedOrg([answer, good])
      await assert.rejects(org.salesforce.sobject('Account').create(account))
      assert.equal(org.requests.length, 1)
    }
  })

  it('creates again when the first attempt surely did nothing', async () => {
    const unsent: readonly Answer[] = [
      networkFailure('ECONNREFUSED'),
      networkFailure('ENOTFOUND'),
      { status: 503, json: errors('SERVER_UNAVAILABLE') },
      { status: 500, json: errors('UNABLE_TO_LOCK_ROW') },
      { status: 400, json: errors('UNABLE_TO_LOCK_ROW') },
      { status: 403, json: errors('REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.') },
    ]
    for (const answer of unsent) {
      const org = scriptedOrg([answer, { status: 201, json: { id: '001', success: true, errors: [] } }])
      assert.equal((await org.salesforce.sobject('Account').create(account)).id, '001')
      assert.equal(org.requests.length, 2)
    }
  })

  it('repeats an upsert by external id and a delete, which change nothing more the second time', async () => {
    const upsert = scriptedOrg([busy, { json: { id: '001', success: true, errors: [], created: false } }])
    assert.equal((await upsert.salesforce.sobject('Account').upsert({ Code__c: 'a' }, account)).created, false)
    const remove = scriptedOrg([networkFailure('ECONNRESET'), { status: 404, json: errors('ENTITY_IS_DELETED') }])
    await remove.salesforce.sobject('Account').delete('001000000000000AAA')
    assert.equal(remove.requests.length, 2)
  })

  it('does not repeat a write after UNKNOWN_EXCEPTION, but does repeat a read', async () => {
    const read = scriptedOrg([{ status: 500, json: errors('UNKNOWN_EXCEPTION') }, good])
    assert.deepEqual(await read.salesforce.limits(), {})
    const org = scriptedOrg([{ status: 500, json: errors('UNKNOWN_EXCEPTION') }, good])
    await assert.rejects(org.salesforce.sobject('Account').upsert({ Code__c: 'a' }, account), {
      errorCode: 'UNKNOWN_EXCEPTION',
    })
    assert.equal(org.requests.length, 1)
  })

  it('repeats status 420 twice only, since it is permanent for deleted scratch orgs', async () => {
    const org = scriptedOrg([{ status: 420 }])
    await assert.rejects(org.salesforce.limits(), { status: 420 })
    assert.equal(org.requests.length, 3)
  })

  it('gives up at once on the daily limit and waits out the limit of concurrent requests', async () => {
    const daily = scriptedOrg([
      { status: 403, json: errors('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.') },
    ])
    await assert.rejects(daily.salesforce.limits(), (error) => error instanceof LimitError && error.scope === 'daily')
    assert.equal(daily.requests.length, 1)
    const message = 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.'
    const concurrent = scriptedOrg([{ status: 403, json: errors('REQUEST_LIMIT_EXCEEDED', message) }, good])
    assert.deepEqual(await concurrent.salesforce.limits(), {})
  })

  it('waits as long as Retry-After asks, in seconds or until a date', async () => {
    const seconds = scriptedOrg([{ status: 503, headers: { 'retry-after': '7' } }, good])
    await seconds.salesforce.limits()
    assert.deepEqual(seconds.clock.sleeps, [7_000])
    const date = 'Sun, 22 Nov 2026 00:00:03 GMT'
    const until = scriptedOrg([{ status: 503, headers: { 'retry-after': date } }, good])
    await until.salesforce.limits()
    assert.deepEqual(until.clock.sleeps, [3_000])
    const twice = scriptedOrg([{ status: 503, headers: { 'retry-after': '2, 2' } }, good])
    await twice.salesforce.limits()
    assert.deepEqual(twice.clock.sleeps, [2_000])
  })

  it('waits by its own measure where Retry-After tells no time to come', async () => {
    for (const value of ['Sat, 21 Nov 2026 00:00:00 GMT', '-1', '3 Nov', 'soon', '0x10', '2026']) {
      const org = scriptedOrg([{ status: 503, headers: { 'retry-after': value } }, good], {
        retry: { maxElapsed: 9_000 },
      })
      if (value === '2026') await assert.rejects(org.salesforce.limits(), { status: 503 })
      else await org.salesforce.limits()
      assert.deepEqual(org.clock.sleeps, value === '2026' ? [] : [500], value)
    }
  })

  it('counts maxElapsed from the first send, however long the login took', async () => {
    const org = scriptedOrg([busy, good], {
      auth: custom(async ({ clock }) => {
        await clock.sleep(10_000)
        return { accessToken: 'T', instanceUrl }
      }),
      retry: { maxElapsed: 5_000 },
    })
    await org.salesforce.limits()
    assert.equal(org.requests.length, 2)
  })

  it('fails at once when Retry-After asks for more time than the call has', async () => {
    const org = scriptedOrg([{ status: 429, headers: { 'retry-after': '600' } }, good])
    await assert.rejects(org.salesforce.limits(), { code: 'ERR_SF_LIMIT', retryAfter: 600_000 })
    assert.equal(org.requests.length, 1)
  })

  it('starts no retry after maxElapsed', async () => {
    const org = scriptedOrg([busy], { retry: { maxRetries: 9, jitter: false, maxElapsed: 2_000 } })
    await assert.rejects(org.salesforce.limits())
    assert.deepEqual(org.clock.sleeps, [500, 1_000])
  })

  it('sends once with retries off, for the client or for one call', async () => {
    const client = scriptedOrg([busy], { retry: false })
    await assert.rejects(client.salesforce.limits())
    const call = scriptedOrg([busy])
    await assert.rejects(call.salesforce.limits({ retry: false }))
    assert.deepEqual([client.requests.length, call.requests.length], [1, 1])
  })

  it('may be turned on for one call of a client that has them off', async () => {
    const org = scriptedOrg([networkFailure('ECONNREFUSED'), good], { retry: false })
    await org.salesforce.limits({ retry: { maxRetries: 1 } })
    assert.equal(org.requests.length, 2)
  })

  it('changes the policy of one call', async () => {
    const org = scriptedOrg([busy])
    await assert.rejects(org.salesforce.limits({ retry: { maxRetries: 1 } }))
    assert.equal(org.requests.length, 2)
  })

  it('repeats a broken connection and a cut-off JSON answer of a read, but not a timeout', async () => {
    for (const answer of [
      networkFailure('ECONNRESET'),
      networkFailure('UND_ERR_SOCKET'),
      { text: '{"records":[{"Id"' },
    ]) {
      const org = scriptedOrg([answer, good])
      assert.deepEqual(await org.salesforce.limits(), {})
    }
    const slow = scriptedOrg([networkFailure('UND_ERR_BODY_TIMEOUT'), good])
    await assert.rejects(slow.salesforce.limits(), { code: 'ERR_SF_TIMEOUT', phase: 'body' })
    assert.equal(slow.requests.length, 1)
  })

  it('does not repeat a certificate that is not accepted', async () => {
    const org = scriptedOrg([networkFailure('CERT_HAS_EXPIRED')])
    await assert.rejects(org.salesforce.limits(), TransportError)
    assert.equal(org.requests.length, 1)
  })

  it('repeats reads after an unknown exception, whole ones and those of headers only, but no writes', async () => {
    for (const [method, sends] of [
      ['GET', 4],
      ['HEAD', 4],
      ['DELETE', 1],
      ['PUT', 1],
    ] as const) {
      const org = scriptedOrg([{ status: 500, json: errors('UNKNOWN_EXCEPTION') }])
      await assert.rejects(org.salesforce.request({ method, path: 'x', replay: 'always' }), { status: 500 })
      assert.equal(org.requests.length, sends, method)
    }
  })

  it('takes no budget of a single call, since all calls share one', async () => {
    const org = scriptedOrg([busy])
    await assert.rejects(org.salesforce.limits({ retry: { budget: 1 } as object }), {
      code: 'ERR_SF_CONFIG',
      message: 'retry.budget is shared by all calls of a client; give it to new Salesforce({ retry }).',
    })
    assert.equal(org.requests.length, 0)
  })

  it('stops repeating when the budget of the client is used up', async () => {
    const org = scriptedOrg([busy], { retry: { budget: 4 } })
    await assert.rejects(org.salesforce.limits())
    await assert.rejects(org.salesforce.limits())
    assert.equal(org.requests.length, 4 + 2)
  })

  it('spends nothing of the budget on a retry that would come too late', async () => {
    const late: Answer = { status: 503, headers: { 'retry-after': '3600' } }
    const org = scriptedOrg([late, busy, good], { retry: { budget: 1 } })
    await assert.rejects(org.salesforce.limits(), { status: 503 })
    await org.salesforce.limits()
    assert.equal(org.requests.length, 3)
  })

  it('repeats a login that Salesforce could not judge, and calls no such failure a refusal', async () => {
    const auth = clientCredentials({ clientId: 'C', clientSecret: 'S', loginUrl: instanceUrl })
    const failures: Answer[] = [
      { status: 400, json: { error: 'unknown_error', error_description: 'retry your request' } },
      { status: 500, json: { error: 'server_error' } },
      { status: 502, text: '<html>Bad gateway' },
    ]
    for (const failure of failures) {
      const healed = scriptedOrg([failure, { json: { access_token: 'A', instance_url: instanceUrl } }, good], { auth })
      assert.ok(await healed.salesforce.login())
      assert.equal(healed.requests.length, 2)
      await assert.rejects(scriptedOrg([failure], { auth }).salesforce.login(), { code: 'ERR_SF_API' })
    }
  })

  it('calls every other answer to a login a refusal, and sends it once', async () => {
    const auth = clientCredentials({ clientId: 'C', clientSecret: 'S', loginUrl: instanceUrl })
    const refusals: Answer[] = [
      { status: 401 },
      { status: 401, text: '<html>Go away' },
      { status: 403, text: '' },
      { status: 404 },
      { status: 300, json: ['/a/b'] },
    ]
    for (const refusal of refusals) {
      const { salesforce, requests } = scriptedOrg([refusal], { auth })
      const message = /^Salesforce refused the login: .*POST \/services\/oauth2\/token/
      await assert.rejects(salesforce.limits(), { code: 'ERR_SF_AUTH', message })
      assert.equal(requests.length, 1)
    }
  })

  it('repeats a login while Salesforce is not available, which says nothing about the credential', async () => {
    const auth = clientCredentials({ clientId: 'C', clientSecret: 'S', loginUrl: instanceUrl })
    const away: Answer = { status: 503, json: errors('SERVER_UNAVAILABLE') }
    const org = scriptedOrg([away, { json: { access_token: 'T', instance_url: instanceUrl } }, good], { auth })
    await org.salesforce.limits()
    assert.equal(org.requests.length, 3)
  })

  it('renews a lost session once in a call, whatever is sent again in between', async () => {
    let logins = 0
    const auth = custom(async () => ({ accessToken: `T${++logins}`, instanceUrl }))
    const lost: Answer = { status: 401, json: errors('INVALID_SESSION_ID') }
    const org = scriptedOrg([lost, busy, lost, good], { auth })
    await assert.rejects(org.salesforce.limits(), { code: 'ERR_SF_SESSION' })
    assert.equal(logins, 2)
  })

  it('earns a fifth of a retry back with each success, up to the size of the budget', async () => {
    const answers: Answer[] = []
    const org = scriptedOrg(() => answers.shift() ?? good, { retry: { budget: 1 } })
    const sendsAfter = async (...next: readonly Answer[]): Promise<number> => {
      answers.push(...next)
      const before = org.requests.length
      await org.salesforce.limits().catch(() => {})
      answers.length = 0
      return org.requests.length - before
    }
    const [whole, fails] = [[busy, busy], [busy]]
    assert.equal(await sendsAfter(...whole), 2)
    for (let success = 0; success < 4; success += 1) await org.salesforce.limits()
    assert.equal(await sendsAfter(...fails), 1)
    for (let success = 0; success < 20; success += 1) await org.salesforce.limits()
    assert.equal(await sendsAfter(...whole), 2)
  })

  it('counts retries 1, 2, 3 for listeners', async () => {
    const org = scriptedOrg([busy])
    const counts: number[] = []
    org.salesforce.on('retry', ({ retry, error }) => counts.push(retry, error.request?.attempts ?? 0))
    await assert.rejects(org.salesforce.limits())
    assert.deepEqual(counts, [1, 1, 2, 2, 3, 3])
  })
})

describe('retry rules of the caller', () => {
  const refused: Answer = { status: 400, json: errors('CUSTOM') }

  it('may be synchronous or asynchronous', async () => {
    for (const when of [() => true, async () => true]) {
      const org = scriptedOrg([refused, good], { retry: { rules: [{ when }] } })
      assert.deepEqual(await org.salesforce.limits(), {})
    }
  })

  it('stop at their own limit even when the policy allows more', async () => {
    const org = scriptedOrg([refused], { retry: { maxRetries: 5, rules: [{ maxRetries: 1, when: () => true }] } })
    await assert.rejects(org.salesforce.limits())
    assert.equal(org.requests.length, 2)
  })

  it("stop at the policy's limit even when they allow more", async () => {
    const org = scriptedOrg([refused], { retry: { maxRetries: 2, rules: [{ maxRetries: 9, when: () => true }] } })
    await assert.rejects(org.salesforce.limits())
    assert.equal(org.requests.length, 3)
  })

  it('are asked with the error and the call, before the table, and one after the other until one agrees', async () => {
    const asked: unknown[] = []
    const rules = [
      { when: () => void asked.push('first') as never },
      {
        when: (error: Error & { status?: number }, call: object) => {
          asked.push(error.status, call)
          return true
        },
      },
      { when: () => assert.fail('the second one agreed') },
    ]
    const org = scriptedOrg([refused, good], { retry: { rules } })
    await org.salesforce.limits()
    assert.deepEqual(asked, ['first', 400, { method: 'GET', path: '/services/data/v67.0/limits' }])
  })

  it('give way to later rules and to the table when they are used up', async () => {
    const rules = [{ maxRetries: 1, when: () => true }]
    const org = scriptedOrg([{ status: 503 }], { retry: { maxRetries: 3, rules } })
    await assert.rejects(org.salesforce.limits())
    assert.equal(org.requests.length, 4)
  })

  it('may make a write repeat that the table sends once, and wait out the daily limit', async () => {
    const rules = [{ when: (error: ApiError) => error.status === 503 || error instanceof LimitError }]
    const answers = [busy, { status: 403, json: errors('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.') }]
    const org = scriptedOrg([...answers, { status: 201, json: { id: '001', success: true, errors: [] } }], {
      retry: { rules } as never,
    })
    assert.equal((await org.salesforce.sobject('Account').create(account)).id, '001')
    assert.equal(org.requests.length, 3)
  })

  it('that catch everything repeat neither a refused login nor a mistake of the caller', async () => {
    const retry = { rules: [{ when: () => true }] }
    const auth = clientCredentials({ clientId: 'a', clientSecret: 'wrong', loginUrl: instanceUrl })
    const login = scriptedOrg([{ status: 400, json: { error: 'invalid_client' } }], { auth, retry })
    await assert.rejects(login.salesforce.limits(), { code: 'ERR_SF_AUTH' })
    assert.equal(login.requests.length, 1)
    const mistake = scriptedOrg([networkFailure('ERR_INVALID_CHAR')], { retry })
    await assert.rejects(mistake.salesforce.limits(), { code: 'ERR_SF_CONFIG' })
    assert.equal(mistake.requests.length, 1)
  })

  it('that throw count as a no', async () => {
    const when = (): boolean => {
      throw new Error('a bug in the rule')
    }
    const org = scriptedOrg([refused], { retry: { rules: [{ when }] } })
    await assert.rejects(org.salesforce.limits(), { errorCode: 'CUSTOM' })
  })
})
