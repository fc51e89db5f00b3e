import assert from 'node:assert/strict'
import {
  ApiError,
  AuthenticationError,
  accessToken,
  ConfigurationError,
  clientCredentials,
  customClock,
  customRandom,
  LimitError,
  type RetryRule,
  Salesforce,
  SalesforceError,
  TransportError,
} from '@forcewire/core'
import { type LoopbackAnswer, loopbackOrg } from '../support/loopback-org.ts'
import { errors, instanceUrl } from '../support/scripted-org.ts'
import type { Behaviours } from './behaviour.ts'

const good: LoopbackAnswer = { json: {} }
const busy: LoopbackAnswer = { status: 503 }
const teapot: LoopbackAnswer = { status: 418, json: errors('TEAPOT') }
type ErrorClass = abstract new (...options: never[]) => Error
const whenTeapot = (maxRetries?: number): RetryRule => ({
  ...(maxRetries === undefined ? {} : { maxRetries }),
  when: (error) => error.has('TEAPOT'),
})

type Options = Parameters<typeof loopbackOrg>[1]

const whenBroken = (maxRetries: number): RetryRule => ({
  maxRetries,
  when: (error) => error instanceof TransportError && error.networkCode === 'ECONNRESET',
})

/** How often a read was sent that is answered the same way for ever; its error is `kind`. */
async function sends(answer: LoopbackAnswer, options?: Options, kind: ErrorClass = SalesforceError): Promise<number> {
  await using org = await loopbackOrg([answer], options)
  await assert.rejects(org.salesforce.limits(), kind)
  return org.requests.length
}

/** The same of a request that is not safe to repeat. */
async function sendsOfCreate(answer: LoopbackAnswer, options?: Options): Promise<number> {
  await using org = await loopbackOrg([answer], options)
  await assert.rejects(org.salesforce.sobject('Account').create({ Name: 'A' }), SalesforceError)
  return org.requests.length
}

export const retryBehaviours: Behaviours = {
  28: {
    says: '500, 502, 503 and 504 are retried three times where repeating is safe, and a create is not repeated',
    async shows() {
      for (const status of [500, 502, 503, 504]) {
        assert.equal(await sends({ status }, {}, ApiError), 4)
        assert.equal(await sendsOfCreate({ status }), 1)
      }
      // Salesforce says that it did nothing.
      assert.equal(await sendsOfCreate({ status: 503, json: errors('SERVER_UNAVAILABLE') }), 4)
    },
  },
  29: {
    says: '429 is retried, and Retry-After is honoured',
    async shows() {
      await using org = await loopbackOrg([{ status: 429, headers: { 'retry-after': '7' } }, good])
      await org.salesforce.limits()
      assert.deepEqual(org.clock.sleeps, [7_000])
      assert.equal(await sends({ status: 429 }, {}, LimitError), 4)
    },
  },
  30: {
    says: 'UNABLE_TO_LOCK_ROW is retried, of writes too',
    async shows() {
      const locked: LoopbackAnswer = { status: 400, json: errors('UNABLE_TO_LOCK_ROW') }
      assert.equal(await sends(locked), 4)
      assert.equal(await sendsOfCreate(locked), 4)
    },
  },
  31: {
    says: 'REQUEST_LIMIT_EXCEEDED is retried for concurrent requests, never for the daily quota, unless a rule says so',
    async shows() {
      const limit = (message: string): LoopbackAnswer => ({
        status: 403,
        json: errors('REQUEST_LIMIT_EXCEEDED', message),
      })
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
      assert.equal(await sends('broken', {}, TransportError), 4)
      assert.equal(await sendsOfCreate('broken'), 1)
      // A dispatcher of the caller's own that waits 50 ms for an answer that never comes.
      let arrived = 0
      const never = new Promise<never>(() => {})
      await using silent = await loopbackOrg(() => {
        arrived += 1
        return never
      })
      const dispatcher = silent.dispatcher.compose(
        (dispatch) => (options, handler) => dispatch({ ...options, headersTimeout: 50 }, handler),
      )
      const auth = accessToken({ accessToken: 'TOKEN', instanceUrl })
      await using hasty = new Salesforce({ auth, dispatcher, [customClock]: silent.clock })
      await assert.rejects(hasty.limits(), { name: 'TimeoutError', networkCode: 'UND_ERR_HEADERS_TIMEOUT' })
      assert.deepEqual([silent.clock.sleeps, arrived <= 1], [[], true])
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
      const delays = [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]
      const slept = async (jitter: boolean, random: () => number): Promise<readonly number[]> => {
        const retry = { maxRetries: 7, jitter }
        await using org = await loopbackOrg([busy], { retry, [customRandom]: random })
        await assert.rejects(org.salesforce.limits(), ApiError)
        return org.clock.sleeps
      }
      assert.deepEqual(await slept(false, () => 0.5), delays)
      assert.deepEqual(await slept(true, () => 0), [0, 0, 0, 0, 0, 0, 0])
      assert.deepEqual(await slept(true, () => 0.25), [125, 250, 500, 1_000, 2_000, 2_500, 2_500])
      const draws = [0.5, 1, 0.75, 0.125, 0, 0.1, 0.9]
      assert.deepEqual(await slept(true, () => draws.shift() ?? 0), [250, 1_000, 1_500, 500, 0, 1_000, 9_000])
    },
  },
  35: {
    says: 'the total wins over a larger limit of a rule',
    async shows() {
      assert.equal(await sends(teapot, { retry: { maxRetries: 2, rules: [whenTeapot(9)] } }), 3)
      assert.equal(await sendsOfCreate('broken', { retry: { maxRetries: 2, rules: [whenBroken(9)] } }), 3)
    },
  },
  36: {
    says: 'the limit of a rule wins over a larger total',
    async shows() {
      assert.equal(await sends(teapot, { retry: { maxRetries: 9, rules: [whenTeapot(2)] } }), 3)
      assert.equal(await sendsOfCreate('broken', { retry: { maxRetries: 9, rules: [whenBroken(2)] } }), 3)
    },
  },
  37: {
    says: 'no retry starts after the time of the policy',
    async shows() {
      await using org = await loopbackOrg([busy], { retry: { maxRetries: 99, jitter: false, maxElapsed: 3_600 } })
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
      await using org = await loopbackOrg(
        ({ url, headers }) => {
          if (url.endsWith('/token')) return { json: { access_token: `T${++logins}`, instance_url: instanceUrl } }
          return headers.authorization === 'Bearer T1' ? { status: 401, json: errors('INVALID_SESSION_ID') } : good
        },
        { auth, retry: false },
      )
      assert.deepEqual(await org.salesforce.limits(), {})
      const tokens = org.requests.map(({ headers }) => headers.authorization)
      assert.deepEqual(tokens, [undefined, 'Bearer T1', undefined, 'Bearer T2'])
    },
  },
  39: {
    says: 'one allowance covers the sends before and after a 401',
    async shows() {
      const auth = clientCredentials({ clientId: 'ID', clientSecret: 'SECRET', loginUrl: instanceUrl })
      const script: LoopbackAnswer[] = [
        busy,
        busy,
        { status: 401, json: errors('INVALID_SESSION_ID') },
        busy,
        busy,
        busy,
      ]
      await using org = await loopbackOrg(
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
      const told = async (answer: LoopbackAnswer): Promise<[number[], number]> => {
        await using org = await loopbackOrg([answer])
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
      assert.deepEqual(await told('broken'), [[1, 2, 3], 0])
    },
  },
  41: {
    says: 'rules may be synchronous or asynchronous, and see answers and broken connections',
    async shows() {
      assert.equal(await sends(teapot, { retry: { rules: [whenTeapot(1)] } }), 2)
      const rules: RetryRule[] = [{ maxRetries: 1, when: async (error) => error.has('TEAPOT') }]
      assert.equal(await sends(teapot, { retry: { rules } }), 2)
      assert.equal(await sendsOfCreate('broken', { retry: { rules: [whenBroken(1)] } }), 2)
      const { when } = whenBroken(1)
      const later: RetryRule[] = [{ maxRetries: 1, when: async (error, request) => when(error, request) }]
      assert.equal(await sendsOfCreate('broken', { retry: { rules: later } }), 2)
    },
  },
  42: {
    says: 'a rule for everything is refused, and none is asked about mistakes of the caller or a refused login',
    async shows() {
      for (const rule of [null, {}, { when: true }, () => true]) {
        const options: Options = { retry: { rules: [rule as never] } }
        await assert.rejects(loopbackOrg([good], options), {
          name: 'ConfigurationError',
          message: /^retry\.rules\[0\]/,
        })
      }
      const asked: string[] = []
      const rules: RetryRule[] = [{ when: (error) => asked.push(error.name) > 0 }]
      const auth = clientCredentials({ clientId: 'ID', clientSecret: 'SECRET', loginUrl: instanceUrl })
      const refusal: LoopbackAnswer = { status: 400, json: { error: 'invalid_client' } }
      assert.equal(await sends(refusal, { auth, retry: { rules } }, AuthenticationError), 1)
      for (const mistake of [new ConfigurationError('a mistake'), new TypeError('a bug')]) {
        await using org = await loopbackOrg([good], { retry: { rules }, middleware: [() => Promise.reject(mistake)] })
        await assert.rejects(org.salesforce.limits(), mistake)
        assert.equal(org.requests.length, 0)
      }
      assert.deepEqual(asked, [])
      assert.equal(await sends(teapot, { retry: { rules } }), 4, 'it is asked about everything else')
    },
  },
}
