import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ProtocolError, type Salesforce } from '@forcewire/core'
import { type Answer, scriptedOrg } from '../support/scripted-org.ts'

const id = '00O000000000001AAA'
const calls: Readonly<Record<string, (salesforce: Salesforce) => Promise<unknown>>> = {
  recordCounts: (salesforce) => salesforce.recordCounts(),
  'actions.types': (salesforce) => salesforce.actions.types(),
  'actions.list': (salesforce) => salesforce.actions.list(),
  'actions.invoke': (salesforce) => salesforce.actions.invoke('emailSimple'),
  'flows.list': (salesforce) => salesforce.flows.list(),
  'approvals.list': (salesforce) => salesforce.approvals.list(),
  'approvals.submit': (salesforce) => salesforce.approvals.submit({ recordId: '001000000000001AAA' }),
  'reports.run': (salesforce) => salesforce.reports.run(id),
  'reports.instance': (salesforce) => salesforce.reports.instance(id, '0LG000000000001AAA'),
  'bulk.ingestJobs.list': (salesforce) => salesforce.bulk.ingestJobs.list().all(),
  query: (salesforce) => salesforce.query('SELECT Id FROM Account').all(),
  search: (salesforce) => salesforce.search('FIND {Acme}'),
  'collections.create': (salesforce) => salesforce.collections('Account').create([{ Name: 'A' }]),
}

describe('a success that holds something else than Salesforce promises', () => {
  const answers: readonly Answer[] = [{ json: 'text' }, { json: null }, { json: 1 }, { status: 204 }]
  for (const [name, call] of Object.entries(calls)) {
    it(`is a ProtocolError of ${name}, not a TypeError from inside`, async () => {
      for (const answer of answers) {
        const { salesforce } = scriptedOrg([answer])
        await assert.rejects(call(salesforce), (error) => {
          assert.ok(error instanceof ProtocolError, `${JSON.stringify(answer)}: ${error}`)
          return true
        })
      }
    })
  }
})
