import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { instanceUrl, scriptedOrg } from './support/scripted-org.ts'

const counts = {
  json: {
    sObjects: [
      { count: 3, name: 'Account' },
      { count: 10, name: 'Contact' },
    ],
  },
}

describe('recordCounts', () => {
  it('asks for the objects that are named, or for all of them', async () => {
    const org = scriptedOrg([counts])
    assert.deepEqual(await org.salesforce.recordCounts(['Account', 'Contact']), { Account: 3, Contact: 10 })
    assert.deepEqual(await org.salesforce.recordCounts(), { Account: 3, Contact: 10 })
    const path = `${instanceUrl}/services/data/v67.0/limits/recordCount`
    assert.deepEqual(
      org.requests.map(({ url }) => url),
      [`${path}?sObjects=Account%2CContact`, path],
    )
  })

  it('of no objects is none, without asking: an empty list would ask for all', async () => {
    const org = scriptedOrg([counts])
    assert.deepEqual(await org.salesforce.recordCounts([]), {})
    assert.equal(org.requests.length, 0)
  })
})
