import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { cachedPackage } from '../../support/cached-package.ts'
import { nodeOfVersion } from '../../support/node-of-version.ts'
import { nodeSets } from '../../support/node-red-admin.ts'
import { typed } from './flow-around.ts'
import { type NodeRedSession, packageName, startSession } from './node-red-session.ts'

describe('the packed package in the oldest Node-RED that its manifest allows, on the oldest Node', () => {
  let session: NodeRedSession
  before(async () => {
    const program = join(await cachedPackage('node-red', '4.1.0'), 'red.js')
    session = await startSession({ program, node: await nodeOfVersion('22.9.0') })
  })
  after(() => session?.[Symbol.asyncDispose]())

  test('every node set loads without an error', async () => {
    const failed = (await nodeSets(session.url, packageName)).filter(({ err }) => err !== undefined)
    assert.deepEqual(failed, [])
  })

  test('rows are loaded by a bulk job and read back', async () => {
    await session.deployNode({
      type: 'forcewire-bulk',
      operation: 'bulk.ingest',
      parameters: typed({ object: 'Account', operation: 'insert' }),
    })
    const { payload, error } = await session.send([{ Name: 'Old but well' }])
    assert.equal(error, undefined)
    assert.equal((payload as { created: number }).created, 1)
    await session.deployNode({
      type: 'forcewire-query',
      operation: 'query.soql',
      parameters: typed({ soql: "SELECT Name FROM Account WHERE Name = 'Old but well'" }),
    })
    assert.deepEqual((await session.send('')).payload, [{ Name: 'Old but well' }])
  })
})
