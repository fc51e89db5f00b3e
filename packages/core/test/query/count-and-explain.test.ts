import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { instanceUrl, scriptedOrg } from '../support/scripted-org.ts'

const soql = 'SELECT Id FROM Account'
const longQuery = `SELECT Id FROM Account WHERE Name != '${'x'.repeat(9_000)}'`

describe('count', () => {
  it('is the size of the list, which holds no records', async () => {
    const org = scriptedOrg([{ json: { totalSize: 4_711, done: true, records: [] } }])
    assert.equal(await org.salesforce.count("select  Count( )\nfrom Account where Name = 'x'"), 4_711)
    assert.match(org.requests[0]?.url ?? '', /\/query\?q=select/)
    await org.salesforce.count('SELECT COUNT() FROM Account', { includeDeleted: true })
    assert.match(org.requests[1]?.url ?? '', /\/queryAll\?q=/)
  })

  it('refuses queries of another form and wrong options before any request', async () => {
    const org = scriptedOrg([{ json: { totalSize: 1, done: true, records: [] } }])
    for (const other of ['SELECT COUNT(Id) FROM Account', 'SELECT Id FROM Account', 'Account', '', undefined]) {
      await assert.rejects(org.salesforce.count(other as string), { code: 'ERR_SF_CONFIG' })
    }
    await assert.rejects(org.salesforce.count('SELECT COUNT() FROM Account', { batchSize: 200 } as never), /batchSize/)
    assert.equal(org.requests.length, 0)
  })

  it('reports an answer without a number', async () => {
    const { salesforce } = scriptedOrg([{ json: { records: [] } }], { retry: false })
    await assert.rejects(salesforce.count('SELECT COUNT() FROM Account'), { code: 'ERR_SF_PROTOCOL' })
  })
})

describe('explain', () => {
  const plans = [{ cardinality: 1, relativeCost: 0.5 }]

  it('gives the plans and runs nothing', async () => {
    const org = scriptedOrg([{ json: { plans } }])
    assert.deepEqual(await org.salesforce.explain(soql), plans)
    assert.equal(org.requests[0]?.url, `${instanceUrl}/services/data/v67.0/query?explain=SELECT%20Id%20FROM%20Account`)
  })

  it('takes queries that are too long for a URL', async () => {
    const org = scriptedOrg([{ json: { compositeResponse: [{ body: { plans }, httpStatusCode: 200 }] } }])
    assert.deepEqual(await org.salesforce.explain(longQuery), plans)
    const { compositeRequest } = JSON.parse(String(org.requests[0]?.body))
    assert.match(compositeRequest[0].url, /\/query\?explain=SELECT/)
  })

  it('refuses an empty query and reports an answer without plans', async () => {
    const { salesforce } = scriptedOrg([{ json: {} }], { retry: false })
    await assert.rejects(salesforce.explain(''), { code: 'ERR_SF_CONFIG' })
    await assert.rejects(salesforce.explain(soql), { code: 'ERR_SF_PROTOCOL' })
  })
})
