import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type Operation, operations, type Row } from '@forcewire/operations'
import { type NodeRedSession, startSession } from '../hosts/node-red/node-red-session.ts'
import { clientOf, exampleJob, runThroughCore } from './core-examples.ts'
import { runThroughN8n } from './n8n-examples.ts'
import { runThroughNodeRed } from './node-red-examples.ts'

/** An org of its own for every run, so that each host meets the same records. */
async function inNewOrg(run: (emulator: Emulator, ingestJobId: string) => Promise<Row[]>): Promise<Row[]> {
  const emulator = await createEmulator({ seed: 'demo' })
  const salesforce = clientOf(emulator)
  try {
    return await run(emulator, await exampleJob(salesforce))
  } finally {
    await salesforce.close()
    await emulator.close()
  }
}

async function throughCore(operation: Operation, emulator: Emulator, ingestJobId: string): Promise<Row[]> {
  const salesforce = clientOf(emulator)
  try {
    return await runThroughCore(operation, salesforce, ingestJobId)
  } finally {
    await salesforce.close()
  }
}

/** What differs from run to run is compared by its presence. The trip through JSON is what every flow does. */
function comparable({ example: { volatile = [] } }: Operation, rows: readonly Row[]): Row[] {
  const isVolatile = (key: string): boolean => volatile.includes(key) || volatile.includes('*')
  const plain = JSON.parse(JSON.stringify(rows)) as Row[]
  return plain.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [key, isVolatile(key) ? typeof value : value])),
  )
}

describe("every operation's example gives the same rows through core, n8n and Node-RED", () => {
  let nodeRed: NodeRedSession
  before(async () => {
    nodeRed = await startSession()
  })
  after(() => nodeRed?.[Symbol.asyncDispose]())

  for (const operation of operations) {
    test(operation.id, async () => {
      const expected = comparable(operation, await inNewOrg((org, job) => throughCore(operation, org, job)))
      const n8n = await inNewOrg((org, job) => runThroughN8n(operation, org, job))
      assert.deepEqual(comparable(operation, n8n), expected, 'n8n')
      assert.deepEqual(comparable(operation, await runThroughNodeRed(operation, nodeRed)), expected, 'Node-RED')
      assert.ok(expected.length > 0, 'an example that gives nothing shows nothing')
    })
  }
})
