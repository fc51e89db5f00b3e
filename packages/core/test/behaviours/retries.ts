import assert from 'node:assert/strict'
import {
  ApiError,
  ConfigurationError,
  clientCredentials,
  LimitError,
  type RetryRule,
  TransportError,
} from '@forcewire/core'
import { type Answer, errors, instanceUrl, networkFailure, scriptedOrg } from '../support/scripted-org.ts'
import type { Behaviours } from './behaviour.ts'

const good: Answer = { json: { ok: true } }
const busy: Answer = { status: 503 }
const teapot: Answer = { status: 418, json: errors('TEAPOT') }
const whenTeapot = (maxRetries?: number): RetryRule => ({
  ...(maxRetries === undefined ? {} : { maxRetries }),
  when: (error) => error.has('TEAPOT'),
})

/** How often a read was sent that is answered the same way for ever. */
async function sends(answer: Answer, options: Parameters<typeof scriptedOrg>[1] = {}): Promise<number> {
  const org = scriptedOrg([answer], options)
  await assert.rejects(org.salesforce.limits())
  return org.requests.length
}

async function sendsOfCreate(answer: Answer): Promise<number> {
  const org = scriptedOrg([answer])
  await assert.rejects(org.salesforce.sobject('Account').create({ Name: 'A' }))
  return org.requests.length
}

export const retryBehaviours: Behaviours = {
  28: {
    says: '500, 502, 503 and 504 are retried three times where repeating is safe, and a create is not repeated',
    async shows() {
      for (const status of [500, 502, 503, 504]) {
        assert.equal(await sends({ status }), 4)
        assert.equal(await sendsOfCreate({ status }), 1)
      }
    },
  },
  29: {
    says: '429 is retried, and Retry-After is honoured',
    async shows() {
      const org = scriptedOrg([{ status: 429, headers: { 'retry-after': '7' } }, good])
      await org.salesforce.limits()
      assert.deepEqual(org.clock.sleeps, [7_000])
    },
  },
  30: {
    says: 'UNABLE_TO_LOCK_ROW is retried, of writes too',
    async shows() {
      const locked: Answer = { status: 400, json: errors('UNABLE_TO_LOCK_ROW') }
      assert.equal(await sends(locked), 4)
      assert.equal(await sendsOfCreate(locked), 4)
    },
  },
  31: {
    says: 'REQUEST_LIMIT_EXCEEDED is retried for concurrent requests, never for the daily quota, unless a rule says so',
    async shows() {
      const limit = (message: string): Answer => ({ status: 403, json: errors('REQUEST_LIMIT_EXCEEDED', message) })
      assert.equal(await sends(limit('ConcurrentRequests (Concurrent API Requests) Limit exceeded.')), 4)
      const daily = limit('TotalRequests Limit exceeded.')
      assert.equal(await sends(daily), 1)
      const rules: RetryRule[] = [{ maxRetries: 2, when: (error) => error instanceof LimitError }]
      assert.equal(await sends(daily, { retry: { rules } }), 3)
    },
  },
  32: {
    says: 'a broken connection is retried where repeating is safe, a time-out is not',
    async shows() {
      assert.equal(await sends(networkFailure('ECONNRESET')), 4)
      assert.equal(await sends(networkFailure('UND_ERR_SOCKET')), 4)
      assert.equal(await sendsOfCreate(networkFailure('ECONNRESET')), 1)
      assert.equal(await sends(networkFailure('UND_ERR_HEADERS_TIMEOUT')), 1)
    },
  },
  33: {
    says: '404, 400 and 403 without those codes are sent once',
    async shows() {
      for (const status of [400, 403, 404]) assert.equal(await sends({ status, json: errors('OTHER') }), 1)
    },
  },
  34: {
    says: 'delays are 0.5, 1, 2, 4, 8, 10, 10 seconds; with jitter anything from 0 to that',
    async shows() {
      const steady = scriptedOrg([busy], { retry: { maxRetries: 7, jitter: false } })
      await assert.rejects(steady.salesforce.limits())
      const delays = [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]
      assert.deepEqual(steady.clock.sleeps, delays)
      const jittered = scriptedOrg([busy], { retry: { maxRetries: 7 } })
      await assert.rejects(jittered.salesforce.limits())
      assert.ok(jittered.clock.sleeps.every((delay, index) => delay >= 0 && delay <= (delays[index] ?? 0)))
    },
  },
  35: {
    says: 'the total wins over a larger limit of a rule',
    async shows() {
      assert.equal(await sends(teapot, { retry: { maxRetries: 2, rules: [whenTeapot(9)] } }), 3)
    },
  },
  36: {
    says: 'the limit of a rule wins over a larger total',
    async shows() {
      assert.equal(await sends(teapot, { retry: { maxRetries: 9, rules: [whenTeapot(2)] } }), 3)
    },
  },
  37: {
    says: 'no retry starts after the time of the policy',
    async shows() {
      const org = scriptedOrg([busy], { retry: { maxRetries: 99, jitter: false, maxElapsed: 3_600 } })
      await assert.rejects(org.salesforce.limits())
      assert.deepEqual(org.clock.sleeps, [500, 1_000, 2_000])
    },
  },
  38: {
    says: 'with retries off everything is sent once, and a lost session is renewed all the same',
    async shows() {
      assert.equal(await sends(busy, { retry: false }), 1)
      const auth = clientCredentials({ clientId: 'ID', clientSecret: 'SECRET', loginUrl: instanceUrl })
      let logins = 0
      const org = scriptedOrg(
        ({ url, headers }) => {
          if (url.endsWith('/token')) return { json: { access_token: `T${++logins}`, instance_url: instanceUrl } }
          return headers.authorization === 'Bearer T1' ? { status: 401, json: errors('INVALID_SESSION_ID') } : good
        },
        { auth, retry: false },
      )
      assert.deepEqual(await org.salesforce.limits(), { ok: true })
    },
  },
  39: {
    says: 'one allowance covers the sends before and after a 401',
    async shows() {
      const auth = clientCredentials({ clientId: 'ID', clientSecret: 'SECRET', loginUrl: instanceUrl })
      const script: Answer[] = [busy, busy, { status: 401, json: errors('INVALID_SESSION_ID') }, busy, busy, busy]
      const org = scriptedOrg(
        ({ url }) =>
          url.endsWith('/token')
            ? { json: { access_token: 'T', instance_url: instanceUrl } }
            : (script.shift() ?? good),
        { auth },
      )
      await assert.rejects(org.salesforce.limits(), ApiError)
      const calls = org.requests.filter(({ url }) => !url.endsWith('/token'))
      assert.equal(calls.length, 5, 'four sends and the replay after the 401')
    },
  },
  40: {
    says: 'retries count 1, 2, 3; every answer counts as usage, a broken connection does not',
    async shows() {
      const told = async (answer: Answer): Promise<[number[], number]> => {
        const org = scriptedOrg([answer])
        const retries: number[] = []
        let usage = 0
        org.salesforce.on('retry', ({ retry }) => retries.push(retry))
        org.salesforce.on('usage', () => {
          usage += 1
        })
        await assert.rejects(org.salesforce.limits())
        return [retries, usage]
      }
      assert.deepEqual(await told(busy), [[1, 2, 3], 4])
      assert.deepEqual(await told(networkFailure('ECONNRESET')), [[1, 2, 3], 0])
    },
  },
  41: {
    says: 'rules may be synchronous or asynchronous, and see answers and broken connections',
    async shows() {
      assert.equal(await sends(teapot, { retry: { rules: [whenTeapot(1)] } }), 2)
      const rules: RetryRule[] = [{ maxRetries: 1, when: async (error) => error.has('TEAPOT') }]
      assert.equal(await sends(teapot, { retry: { rules } }), 2)
      const broken: RetryRule[] = [
        { maxRetries: 1, when: (error) => error instanceof TransportError && error.networkCode === 'CERT_HAS_EXPIRED' },
      ]
      assert.equal(await sends(networkFailure('CERT_HAS_EXPIRED'), { retry: { rules: broken } }), 2)
    },
  },
  42: {
    says: 'something that is no rule is refused at once',
    async shows() {
      for (const rule of [null, {}, { when: true }, () => true]) {
        assert.throws(() => scriptedOrg([good], { retry: { rules: [rule as never] } }), ConfigurationError)
      }
    },
  },
}
