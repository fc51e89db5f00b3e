import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Salesforce } from '@forcewire/core'
import { errors, scriptedOrg } from '../support/scripted-org.ts'

const id = '001000000000001AAA'

/** Ways to make a call, each on a line of its own. */
const calls: Readonly<Record<string, (salesforce: Salesforce) => Promise<unknown>>> = {
  'sobject.get': async (salesforce) => await salesforce.sobject('Account').get(id),
  'sobject.create': async (salesforce) => await salesforce.sobject('Account').create({ Name: 'Acme' }),
  request: async (salesforce) => await salesforce.request({ path: 'limits' }),
  requestStream: async (salesforce) => await salesforce.requestStream({ path: 'limits' }),
  search: async (salesforce) => await salesforce.search('FIND {Acme}'),
  'query.all': async (salesforce) => await salesforce.query('SELECT Id FROM Account').all(),
  'query.first': async (salesforce) => await salesforce.query('SELECT Id FROM Account').first(),
  'a loop over a query': async (salesforce) => {
    for await (const record of salesforce.query('SELECT Id FROM Account')) assert.ok(record)
  },
  'a loop over pages': async (salesforce) => {
    for await (const page of salesforce.query('SELECT Id FROM Account').pages()) assert.ok(page)
  },
  'composite.send': async (salesforce) => {
    const composite = salesforce.composite()
    composite.sobject('Account').get(id)
    await composite.send()
  },
  'batch.send': async (salesforce) => {
    const batch = salesforce.batch()
    batch.limits()
    await batch.send()
  },
  'tree.create': async (salesforce) => await salesforce.tree('Account').create([{ Name: 'Acme' }]),
  'collections.create': async (salesforce) => await salesforce.collections('Account').create([{ Name: 'Acme' }]),
  'bulk.ingest': async (salesforce) => {
    await salesforce.bulk.ingest({ object: 'Account', operation: 'insert' }, [{ Name: 'Acme' }]).run()
  },
  'bulk.query': async (salesforce) => await salesforce.bulk.query('SELECT Id FROM Account').all(),
  'apex.get': async (salesforce) => await salesforce.apex.get('accounts'),
}

describe('the stack of an error', () => {
  for (const [name, call] of Object.entries(calls)) {
    it(`names the line that called ${name}`, async () => {
      const { salesforce } = scriptedOrg([{ status: 400, json: errors('INVALID_TYPE') }])
      await assert.rejects(call(salesforce as unknown as Salesforce), (error: Error) => {
        assert.match(error.stack ?? '', /stack\.test\.ts/)
        return true
      })
    })
  }
})
