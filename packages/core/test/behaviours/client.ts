import assert from 'node:assert/strict'
import { ApiError, accessToken, clientCredentials, customClock, defaultApiVersion, Salesforce } from '@forcewire/core'
import { type LoopbackAnswer, loopbackOrg } from '../support/loopback-org.ts'
import { instanceUrl } from '../support/scripted-org.ts'
import { TestClock } from '../support/test-clock.ts'
import type { Behaviours } from './behaviour.ts'

const good: LoopbackAnswer = { json: { DailyApiRequests: { Max: 15_000, Remaining: 14_998 } } }
const token: LoopbackAnswer = { json: { access_token: 'T', instance_url: instanceUrl } }
const versions: LoopbackAnswer = { json: [{ label: 'A', url: '/services/data/v67.0', version: '67.0' }] }
const limits = '/services/data/v67.0/limits'

/** Where one call goes. */
async function addressOf(options: Parameters<typeof loopbackOrg>[1]): Promise<string | undefined> {
  const auth = accessToken({ accessToken: 'TOKEN' })
  await using org = await loopbackOrg([good], { auth, instanceUrl, ...options })
  await org.salesforce.limits()
  return org.requests[0]?.url
}

export const clientBehaviours: Behaviours = {
  1: {
    says: 'the forms 60, 60., 60.0, v60, v60. and v60.0 all speak version 60.0; 69.4 is refused',
    async shows() {
      for (const apiVersion of ['60', '60.', '60.0', 'v60', 'v60.', 'v60.0']) {
        assert.equal(await addressOf({ apiVersion }), `${instanceUrl}/services/data/v60.0/limits`)
      }
      await assert.rejects(addressOf({ apiVersion: '69.4' }), { name: 'ConfigurationError', message: /^apiVersion / })
    },
  },
  2: {
    says: 'an instance address loses its case, path and query; hosts that are not Salesforce are refused unless allowed',
    async shows() {
      assert.equal(await addressOf({ instanceUrl: 'https://ACME.my.salesforce.com/a/b?c=d' }), instanceUrl + limits)
      const ours = [
        'acme.my',
        'acme--test.sandbox.my',
        'acme-dev-ed.develop.my',
        'acme--x.scratch.my',
        'acme.trailblaze.my',
      ]
      for (const host of [...ours.map((name) => `${name}.salesforce.com`), 'acme.my.salesforce.mil']) {
        assert.equal(await addressOf({ instanceUrl: `https://${host}` }), `https://${host}${limits}`)
      }
      for (const address of [
        'http://acme.my.salesforce.com',
        'https://acme.example.com',
        'https://acme.my.salesforce.com.example.com',
        'https://notsalesforce.com',
        'acme',
      ]) {
        await assert.rejects(addressOf({ instanceUrl: address }), {
          name: 'ConfigurationError',
          message: /^instanceUrl /,
        })
      }
      const own = { instanceUrl: 'https://acme.example.com', allowedHosts: ['acme.example.com'] }
      assert.equal(await addressOf(own), `https://acme.example.com${limits}`)
    },
  },
  3: {
    says: 'a default version is spoken when none is given',
    async shows() {
      assert.equal(await addressOf({}), `${instanceUrl}/services/data/v${defaultApiVersion}/limits`)
      assert.match(defaultApiVersion, /^\d\d\.0$/)
    },
  },
  4: {
    says: 'each call carries a bearer token, a user agent, Sforce-Call-Options and Sforce-Line-Ending',
    async shows() {
      await using org = await loopbackOrg(({ method }) => (method === 'DELETE' ? { status: 204 } : good))
      await org.salesforce.limits()
      await org.salesforce.sobject('Account').delete('001000000000000AAA')
      assert.equal(org.requests.length, 2)
      for (const { headers } of org.requests) {
        assert.equal(headers.authorization, 'Bearer TOKEN')
        assert.match(headers['user-agent'] ?? '', /^forcewire\/\d+\.\d+\.\d+$/)
        assert.match(headers['sforce-call-options'] ?? '', /^client=forcewire\/\d/)
        assert.equal(headers['sforce-line-ending'], 'LF')
      }
    },
  },
  5: {
    says: 'headers of the caller reach the server, in whatever case they are written',
    async shows() {
      await using org = await loopbackOrg([good])
      await org.salesforce.limits({ headers: { 'Sforce-Query-Options': 'batchSize=300', 'IF-NONE-MATCH': '"a"' } })
      assert.equal(org.requests[0]?.headers['sforce-query-options'], 'batchSize=300')
      assert.equal(org.requests[0]?.headers['if-none-match'], '"a"')
    },
  },
  6: {
    says: 'a success is told as request, usage, response; a first call tells its login between them',
    async shows() {
      const auth = clientCredentials({ clientId: 'ID', clientSecret: 'SECRET', loginUrl: instanceUrl })
      await using org = await loopbackOrg([token, good], { auth })
      const told: string[] = []
      for (const event of ['request', 'usage', 'response', 'login'] as const) {
        org.salesforce.on(event, (value) => told.push('path' in value ? `${event} ${value.path}` : event))
      }
      const login = '/services/oauth2/token'
      await org.salesforce.limits()
      const first = [`request ${login}`, `usage ${login}`, `response ${login}`, 'login']
      assert.deepEqual(told.splice(0), [`request ${limits}`, ...first, `usage ${limits}`, `response ${limits}`])
      await org.salesforce.limits()
      assert.deepEqual(told, [`request ${limits}`, `usage ${limits}`, `response ${limits}`])
    },
  },
  7: {
    says: 'a Warning header on a success is reported and fails nothing',
    async shows() {
      await using org = await loopbackOrg([{ ...good, headers: { warning: '299 - "deprecated"' } }])
      const warnings: string[] = []
      org.salesforce.on('warning', ({ message }) => warnings.push(message))
      assert.equal((await org.salesforce.limits()).DailyApiRequests?.Max, 15_000)
      assert.deepEqual(warnings, ['GET /services/data/v67.0/limits: 299 - "deprecated"'])
    },
  },
  8: {
    says: 'limits are GET /limits and come back as they are',
    async shows() {
      const json = { DailyApiRequests: { Max: 15_000, Remaining: 14_998, 'An app': { Max: 0, Remaining: 0 } } }
      await using org = await loopbackOrg([{ json }])
      assert.deepEqual(await org.salesforce.limits(), json)
      assert.deepEqual([org.requests[0]?.method, org.requests[0]?.url], ['GET', instanceUrl + limits])
    },
  },
  9: {
    says: 'a redirect is not followed and is an error',
    async shows() {
      for (const status of [301, 302, 307, 308]) {
        await using org = await loopbackOrg([{ status, headers: { location: `${instanceUrl}/elsewhere` } }, good])
        await assert.rejects(org.salesforce.limits(), (error) => error instanceof ApiError && error.status === status)
        assert.equal(org.requests.length, 1)
      }
    },
  },
  10: {
    says: 'at most N requests are in flight, and one that sleeps before a retry is none of them',
    async shows() {
      await atMostTwoInFlight()
      // Sleeps of more than 15 seconds last until the test moves the clock on.
      const clock = new TestClock()
      const retry = { initialDelay: 20_000, maxDelay: 20_000, jitter: false }
      await using org = await loopbackOrg(
        ({ url }, index) => (url.endsWith('/data') ? versions : index === 0 ? { status: 503 } : good),
        { concurrency: 1, retry, [customClock]: clock },
      )
      const asleep = Promise.withResolvers<void>()
      org.salesforce.on('retry', () => asleep.resolve())
      const sleeping = org.salesforce.limits()
      await asleep.promise
      assert.equal((await org.salesforce.versions()).length, 1, 'another call is answered while one sleeps')
      assert.equal(org.requests.length, 2)
      clock.advance(20_000)
      await sleeping
      assert.equal(org.requests.length, 3)
    },
  },
}

/** Two answers are held back until a client without a limit has been to the server and back three times. */
async function atMostTwoInFlight(): Promise<void> {
  const full = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  let inFlight = 0
  let most = 0
  await using org = await loopbackOrg(
    async ({ url }) => {
      if (url.endsWith('/data')) return versions
      inFlight += 1
      most = Math.max(most, inFlight)
      if (inFlight === 2) full.resolve()
      await release.promise
      inFlight -= 1
      return good
    },
    { concurrency: 2 },
  )
  const calls = Array.from({ length: 6 }, () => org.salesforce.limits())
  await full.promise
  const auth = accessToken({ accessToken: 'OTHER', instanceUrl })
  await using other = new Salesforce({ auth, dispatcher: org.dispatcher })
  for (let trips = 0; trips < 3; trips += 1) await other.versions()
  assert.equal(most, 2)
  release.resolve()
  await Promise.all(calls)
  assert.equal(most, 2)
}
