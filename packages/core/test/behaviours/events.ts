import assert from 'node:assert/strict'
import { type Answer, scriptedOrg } from '../support/scripted-org.ts'
import type { Behaviours } from './behaviour.ts'

const empty: Answer = { json: {} }

async function usageAfter(limitInfo: string | undefined): Promise<unknown> {
  const headers = limitInfo === undefined ? {} : { 'sforce-limit-info': limitInfo }
  const org = scriptedOrg([{ json: {}, headers }])
  await org.salesforce.limits()
  return org.salesforce.usage
}

export const eventBehaviours: Behaviours = {
  43: {
    says: 'listeners, synchronous or not, come and go at run time',
    async shows() {
      const org = scriptedOrg([empty])
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
      const org = scriptedOrg([{ status: 503 }, { json: { ok: true } }])
      for (const event of ['request', 'response', 'usage', 'retry'] as const) {
        org.salesforce.on(event, () => {
          throw new Error('a bug')
        })
        org.salesforce.on(event, () => Promise.reject(new Error('a bug')))
        org.salesforce.on(event, () => new Promise(() => {}))
      }
      assert.deepEqual(await org.salesforce.limits(), { ok: true })
    },
  },
  45: {
    says: 'usage is used, limit and what remains, of the org and of the app',
    async shows() {
      const org = { used: 69, limit: 100_000, remaining: 99_931 }
      assert.deepEqual(await usageAfter('api-usage=69/100000'), org)
      const perApp = { appName: 'sample', used: 17, limit: 250, remaining: 233 }
      const both = await usageAfter('api-usage=69/100000; per-app-api-usage=17/250(appName=sample)')
      assert.deepEqual(both, { ...org, perApp })
    },
  },
  46: {
    says: 'an answer without numbers has none and is no error',
    async shows() {
      assert.equal(await usageAfter(undefined), undefined)
      assert.equal(await usageAfter('something else'), undefined)
    },
  },
}
