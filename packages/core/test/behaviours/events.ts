import assert from 'node:assert/strict'
import { clientCredentials, type SalesforceEvents } from '@forcewire/core'
import { type LoopbackAnswer, loopbackOrg } from '../support/loopback-org.ts'
import { instanceUrl } from '../support/scripted-org.ts'
import type { Behaviours } from './behaviour.ts'

const empty: LoopbackAnswer = { json: {} }

/** What a client knows of its usage after one call, and what its listener was told. */
async function usageAfter(limitInfo: string | undefined): Promise<{ known: unknown; told: unknown }> {
  const headers = limitInfo === undefined ? {} : { 'sforce-limit-info': limitInfo }
  await using org = await loopbackOrg([{ json: {}, headers }])
  const told: SalesforceEvents['usage'][] = []
  org.salesforce.on('usage', (event) => told.push(event))
  await org.salesforce.limits()
  assert.equal(told.length, 1)
  return { known: org.salesforce.usage, told: told[0]?.usage }
}

export const eventBehaviours: Behaviours = {
  43: {
    says: 'listeners, synchronous or not, come and go at run time',
    async shows() {
      await using org = await loopbackOrg([empty])
      const told: string[] = []
      const off = org.salesforce.on('request', () => told.push('sync'))
      org.salesforce.on('request', async () => {
        told.push('async')
      })
      await org.salesforce.limits()
      off()
      await org.salesforce.limits()
      assert.deepEqual(told, ['sync', 'async', 'async'])
    },
  },
  44: {
    says: 'a listener that throws, rejects or never ends neither fails nor delays a call',
    async shows() {
      const auth = clientCredentials({ clientId: 'ID', clientSecret: 'SECRET', loginUrl: instanceUrl })
      const token: LoopbackAnswer = { json: { access_token: 'T', instance_url: instanceUrl } }
      const answer = { json: {}, headers: { warning: '299 - "old"' } }
      await using org = await loopbackOrg([token, { status: 503 }, answer], { auth })
      const told = new Map<string, number>()
      for (const event of ['request', 'response', 'usage', 'retry', 'login', 'warning'] as const) {
        org.salesforce.on(event, () => {
          told.set(event, (told.get(event) ?? 0) + 1)
          throw new Error('a bug')
        })
        org.salesforce.on(event, () => Promise.reject(new Error('a bug')))
        org.salesforce.on(event, () => new Promise(() => {}))
      }
      assert.deepEqual(await org.salesforce.limits(), {})
      const counts = { request: 2, usage: 3, response: 2, login: 1, retry: 1, warning: 1 }
      assert.deepEqual(Object.fromEntries(told), counts)
    },
  },
  45: {
    says: 'usage is used, limit and what remains, of the org and of the app',
    async shows() {
      const org = { used: 69, limit: 100_000, remaining: 99_931 }
      assert.deepEqual(await usageAfter('api-usage=69/100000'), { known: org, told: org })
      const perApp = { appName: 'sample', used: 17, limit: 250, remaining: 233 }
      const both = { ...org, perApp }
      const header = 'api-usage=69/100000; per-app-api-usage=17/250(appName=sample)'
      assert.deepEqual(await usageAfter(header), { known: both, told: both })
    },
  },
  46: {
    says: 'an answer without numbers has none and is no error',
    async shows() {
      const nothing = { known: undefined, told: undefined }
      assert.deepEqual(await usageAfter(undefined), nothing)
      assert.deepEqual(await usageAfter('something else'), nothing)
    },
  },
}
