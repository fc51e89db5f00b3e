import assert from 'node:assert/strict'
import { it } from 'node:test'
import { ProtocolError, type Salesforce } from '@forcewire/core'
import { scriptedOrg } from '../support/scripted-org.ts'

it('an answer of a wrong shape is an error that names the call', async () => {
  const id = '001000000000001AAA'
  const calls: readonly [(salesforce: Salesforce) => Promise<unknown>, unknown, string][] = [
    [(salesforce) => salesforce.limits(), [], 'GET /services/data/v67.0/limits'],
    [(salesforce) => salesforce.limits(), { A: 5 }, 'GET /services/data/v67.0/limits'],
    [(salesforce) => salesforce.versions(), {}, 'GET /services/data'],
    [(salesforce) => salesforce.userInfo(), {}, 'GET /services/oauth2/userinfo'],
    [(salesforce) => salesforce.recordCounts(), { sObjects: 5 }, 'GET /services/data/v67.0/limits/recordCount'],
    [(salesforce) => salesforce.query('SELECT Id FROM A').all(), {}, 'GET /services/data/v67.0/query'],
    [
      (salesforce) => salesforce.count('SELECT COUNT() FROM A'),
      { records: [], done: true },
      'GET /services/data/v67.0/query',
    ],
    [(salesforce) => salesforce.search('FIND {a}'), {}, 'GET /services/data/v67.0/search'],
    [(salesforce) => salesforce.sobject('A').create({ Name: 'a' }), {}, 'POST /services/data/v67.0/sobjects/A'],
    [(salesforce) => salesforce.sobject('A').get(id), {}, `GET /services/data/v67.0/sobjects/A/${id}`],
    [(salesforce) => salesforce.sobject('A').recent(), {}, 'GET /services/data/v67.0/sobjects/A'],
    [
      (salesforce) => salesforce.collections('A').create([{ a: 1 }]),
      [],
      'POST /services/data/v67.0/composite/sobjects',
    ],
    [
      (salesforce) => salesforce.collections('A').create([{ a: 1 }]),
      {},
      'POST /services/data/v67.0/composite/sobjects',
    ],
    [
      (salesforce) => salesforce.bulk.queryJobs.get('750000000000001AAA'),
      {},
      'GET /services/data/v67.0/jobs/query/750000000000001AAA',
    ],
    [
      (salesforce) => salesforce.bulk.queryJobs.get('750000000000001AAA'),
      { id: 'x', state: 'Open' },
      'GET /services/data/v67.0/jobs/query/750000000000001AAA',
    ],
    [
      (salesforce) => salesforce.tree('A').create([{ a: 1 }]),
      { results: [] },
      'POST /services/data/v67.0/composite/tree/A',
    ],
    [
      (salesforce) => salesforce.collections('A').retrieve([id], ['a']),
      [],
      'POST /services/data/v67.0/composite/sobjects/A',
    ],
    [(salesforce) => salesforce.reports.list(), {}, 'GET /services/data/v67.0/analytics/reports'],
  ]
  for (const [call, json, place] of calls) {
    await assert.rejects(call(scriptedOrg([{ json }]).salesforce), (error) => {
      assert.ok(error instanceof ProtocolError, String(error))
      assert.equal(`${error.request?.method} ${error.request?.path}`, place, error.message)
      return error.request?.attempts === 1
    })
  }
})
