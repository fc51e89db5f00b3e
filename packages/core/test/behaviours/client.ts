import assert from 'node:assert/strict'
import { ApiError, ConfigurationError, clientCredentials, defaultApiVersion } from '@forcewire/core'
import { type Answer, instanceUrl, scriptedOrg } from '../support/scripted-org.ts'
import type { Behaviours } from './behaviour.ts'

const empty: Answer = { json: {} }
const token: Answer = { json: { access_token: 'T', instance_url: instanceUrl } }

export const clientBehaviours: Behaviours = {
  1: {
    says: 'the forms 60, 60., 60.0, v60, v60. and v60.0 all speak version 60.0; 69.4 is refused',
    async shows() {
      for (const apiVersion of ['60', '60.', '60.0', 'v60', 'v60.', 'v60.0']) {
        const org = scriptedOrg([empty], { apiVersion })
        await org.salesforce.limits()
        assert.equal(org.requests[0]?.url, `${instanceUrl}/services/data/v60.0/limits`)
      }
      assert.throws(() => scriptedOrg([empty], { apiVersion: '69.4' }), ConfigurationError)
    },
  },
  2: {
    says: 'an instance address loses its case, path and query; hosts that are not Salesforce are refused unless allowed',
    async shows() {
      const auth = clientCredentials({
        clientId: 'ID',
        clientSecret: 'SECRET',
        loginUrl: 'https://ACME.my.salesforce.com/a?b',
      })
      const org = scriptedOrg([{ json: { access_token: 'T' } }, empty], { auth })
      await org.salesforce.limits()
      assert.equal(org.requests[1]?.url, `${instanceUrl}/services/data/v67.0/limits`)
      for (const host of ['acme--test.sandbox', 'acme-dev-ed.develop', 'acme--x.scratch', 'acme.trailblaze', 'acme']) {
        scriptedOrg([empty], { instanceUrl: `https://${host}.my.salesforce.com` })
      }
      for (const address of ['http://acme.my.salesforce.com', 'https://acme.example.com', 'acme']) {
        assert.throws(() => scriptedOrg([empty], { instanceUrl: address }), ConfigurationError)
      }
      scriptedOrg([empty], { instanceUrl: 'https://acme.example.com', allowedHosts: ['acme.example.com'] })
    },
  },
  3: {
    says: 'a default version is spoken when none is given',
    async shows() {
      assert.equal(scriptedOrg([empty]).salesforce.apiVersion, defaultApiVersion)
    },
  },
  4: {
    says: 'each call carries a bearer token, a user agent, Sforce-Call-Options and Sforce-Line-Ending',
    async shows() {
      const org = scriptedOrg([empty])
      await org.salesforce.limits()
      const { headers } = org.requests[0] ?? assert.fail()
      assert.equal(headers.authorization, 'Bearer TOKEN')
      assert.match(headers['user-agent'] ?? '', /^forcewire\/\d+\.\d+\.\d+$/)
      assert.match(headers['sforce-call-options'] ?? '', /^client=forcewire\/\d/)
      assert.equal(headers['sforce-line-ending'], 'LF')
    },
  },
  5: {
    says: 'headers of the caller reach the server, in whatever case they are written',
    async shows() {
      const org = scriptedOrg([empty])
      await org.salesforce.limits({ headers: { 'Sforce-Query-Options': 'batchSize=300' } })
      assert.equal(org.requests[0]?.headers['sforce-query-options'], 'batchSize=300')
    },
  },
  6: {
    says: 'a success is told as request, usage, response; a first call tells its login between them',
    async shows() {
      const auth = clientCredentials({ clientId: 'ID', clientSecret: 'SECRET', loginUrl: instanceUrl })
      const org = scriptedOrg([token, empty], { auth })
      const told: string[] = []
      for (const event of ['request', 'usage', 'response', 'login'] as const) {
        org.salesforce.on(event, (value) => told.push('path' in value ? `${event} ${value.path}` : event))
      }
      const login = '/services/oauth2/token'
      const limits = '/services/data/v67.0/limits'
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
      const org = scriptedOrg([{ json: { ok: true }, headers: { warning: '299 - "deprecated"' } }])
      const warnings: string[] = []
      org.salesforce.on('warning', ({ message }) => warnings.push(message))
      assert.deepEqual(await org.salesforce.limits(), { ok: true })
      assert.deepEqual(warnings, ['GET /services/data/v67.0/limits: 299 - "deprecated"'])
    },
  },
  8: {
    says: 'limits are GET /limits and come back as they are',
    async shows() {
      const json = { DailyApiRequests: { Max: 15_000, Remaining: 14_998 } }
      const org = scriptedOrg([{ json }])
      assert.deepEqual(await org.salesforce.limits(), json)
      assert.deepEqual(
        [org.requests[0]?.method, org.requests[0]?.url],
        ['GET', `${instanceUrl}/services/data/v67.0/limits`],
      )
    },
  },
  9: {
    says: 'a redirect is not followed and is an error',
    async shows() {
      const org = scriptedOrg([{ status: 302, headers: { location: 'https://elsewhere.example.com' } }])
      await assert.rejects(org.salesforce.limits(), (error) => error instanceof ApiError && error.status === 302)
      assert.equal(org.requests.length, 1)
    },
  },
  10: {
    says: 'at most N requests are in flight, and one that sleeps before a retry is none of them',
    async shows() {
      let inFlight = 0
      let most = 0
      const seen: number[] = []
      const org = scriptedOrg(
        async (_, index) => {
          inFlight += 1
          most = Math.max(most, inFlight)
          await new Promise((resolve) => setImmediate(resolve))
          inFlight -= 1
          seen.push(index)
          return index === 0 ? { status: 503 } : empty
        },
        { concurrency: 2 },
      )
      await Promise.all(Array.from({ length: 6 }, () => org.salesforce.limits()))
      assert.equal(most, 2)
      assert.equal(seen.length, 7)
      let asleep = false
      let during = 0
      const single = scriptedOrg(
        (_, index) => {
          if (asleep) during += 1
          return index === 0 ? { status: 503 } : empty
        },
        { concurrency: 1 },
      )
      single.salesforce.on('retry', () => {
        asleep = true
        void single.salesforce.versions().then(() => {
          asleep = false
        })
      })
      await single.salesforce.limits()
      assert.ok(during > 0, 'another call was sent while one slept')
    },
  },
}
