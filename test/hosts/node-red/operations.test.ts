import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { nodeSets } from '../../support/node-red-admin.ts'
import { typed } from './flow-around.ts'
import { type NodeRedSession, packageName, startSession } from './node-red-session.ts'

describe('the packed package in a real Node-RED', () => {
  let session: NodeRedSession
  before(async () => {
    session = await startSession()
  })
  after(() => session?.[Symbol.asyncDispose]())

  test('every node set loads without an error', async () => {
    const sets = await nodeSets(session.url, packageName)
    assert.deepEqual(
      sets.filter(({ err }) => err !== undefined),
      [],
    )
    assert.deepEqual(sets.flatMap(({ types }) => types).sort(), [
      'forcewire-bulk',
      'forcewire-bulk-trigger',
      'forcewire-connection',
      'forcewire-org',
      'forcewire-query',
      'forcewire-record',
      'forcewire-request',
    ])
  })

  test('a query gives an array of records and says what the API usage is', async () => {
    await session.deployNode({
      type: 'forcewire-query',
      operation: 'query.soql',
      parameters: typed({ soql: 'SELECT Id, Name FROM Account ORDER BY Name', limit: '3' }),
    })
    const { payload, salesforce, error } = await session.send('anything')
    assert.equal(error, undefined)
    assert.equal((payload as unknown[]).length, 3)
    assert.equal(salesforce?.operation, 'query.soql')
    assert.equal(typeof (salesforce?.limits as { used?: unknown } | undefined)?.used, 'number')
  })
})
