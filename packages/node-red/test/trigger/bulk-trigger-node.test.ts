import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import type { FinishedJob } from '@forcewire/operations'
import { register as registerTrigger } from '../../src/bulk-trigger.ts'
import type { ConnectionNode } from '../../src/connection/connection-node.ts'
import { register as registerConnection } from '../../src/connection.ts'
import { type FakeNode, FakeNodeRed, only } from '../support/fake-node-red.ts'

describe('the bulk trigger', () => {
  let emulator: Emulator
  let RED: FakeNodeRed
  let connection: FakeNode
  const opened: FakeNode[] = []
  before(async () => {
    emulator = await createEmulator({ seed: 'demo' })
    RED = new FakeNodeRed()
    registerConnection(RED)
    registerTrigger(RED)
    const { clientId, clientSecret } = emulator.credentials
    const config = { id: 'c', type: 'forcewire-connection', url: emulator.url, authentication: 'client-credentials' }
    connection = RED.create(config, { clientId, clientSecret })
  })
  after(async () => {
    for (const node of [...opened, connection]) await node?.close()
    await emulator?.close()
  })

  /** A trigger that looks only when asked, so that no test depends on time. */
  function trigger(changes: object = {}): FakeNode {
    const node = RED.create({
      id: `t${opened.length}`,
      type: 'forcewire-bulk-trigger',
      connection: 'c',
      kind: 'ingest',
      object: 'Account',
      interval: 0,
      enabled: 'true',
      enabledType: 'bool',
      store: '',
      failureLimit: 1000,
      ...changes,
    })
    opened.push(node)
    return node
  }

  async function load(rows: readonly Record<string, unknown>[]): Promise<void> {
    const { salesforce } = connection as unknown as ConnectionNode
    await salesforce().bulk.ingest({ object: 'Account', operation: 'insert' }, rows).run()
  }

  test('reports a job once, with its counts and refused rows, and none that had ended before its first look', async () => {
    await load([{ Name: 'Before' }])
    const node = trigger()
    assert.deepEqual(await node.receive({}), { sent: [] })
    await load([{ Name: 'After' }, { BillingCity: 'Nowhere' }])
    const outcome = await node.receive({ _msgid: 'cause' })
    assert.equal(outcome.error, undefined)
    const { _msgid, topic, payload } = only(outcome)
    assert.deepEqual([_msgid, topic], ['cause', 'Account'])
    const { job, counts, failures } = payload as FinishedJob
    assert.equal(job.state, 'JobComplete')
    assert.deepEqual([counts.processed, counts.created, counts.failed], [2, 1, 1])
    assert.equal(failures[0]?.errors[0]?.errorCode, 'REQUIRED_FIELD_MISSING')
    assert.deepEqual(await node.receive({}), { sent: [] })
  })

  test('reports a job once when two messages ask at the same time', async () => {
    const node = trigger()
    await node.receive({})
    await load([{ Name: 'Asked for twice' }])
    const outcomes = await Promise.all([node.receive({}), node.receive({})])
    assert.equal(outcomes.flatMap(({ sent }) => sent).length, 1)
  })

  test('continues after a restart from the store that the user chose', async () => {
    const first = trigger({ store: 'disk' })
    await first.receive({})
    await first.close()
    await load([{ Name: 'While away' }])
    const second = trigger({ store: 'disk' })
    second.stores.set('disk', first.stores.get('disk') ?? new Map())
    assert.equal((await second.receive({})).sent.length, 1)
  })

  test('does not look while it is switched off by an environment variable', async () => {
    RED.env.SF_POLL = 'false'
    const node = trigger({ enabled: 'SF_POLL', enabledType: 'env' })
    const before = emulator.requests().length
    assert.deepEqual(await node.receive({}), { sent: [] })
    assert.equal(emulator.requests().length, before)
    assert.deepEqual(node.statuses.at(-1), { fill: 'grey', shape: 'ring', text: 'switched off' })
  })

  test('looks by itself when it has an interval, and says that it watches', async () => {
    const node = trigger({ interval: 3600 })
    await node.receive({})
    assert.deepEqual(node.statuses.at(-1), { fill: 'green', shape: 'dot', text: 'watching' })
  })

  test('a look that a redeploy breaks off reports nothing', async () => {
    const node = trigger({ interval: 3600 })
    const look = node.receive({})
    await node.close()
    assert.deepEqual(await look, { sent: [] })
    assert.deepEqual(node.errors, [])
    assert.equal(
      node.statuses.some(({ fill }) => fill === 'red'),
      false,
    )
  })

  test('reports a failed look to Catch nodes and forgets nothing by it', async () => {
    const node = trigger()
    await node.receive({})
    await load([{ Name: 'During the outage' }])
    emulator.faults.add({
      path: /\/jobs\/ingest/,
      status: 403,
      errorCode: 'API_DISABLED_FOR_ORG',
      message: 'API is off',
    })
    const { error } = await node.receive({})
    assert.equal(error?.code, 'API_DISABLED_FOR_ORG')
    assert.equal(node.statuses.at(-1)?.fill, 'red')
    assert.equal((await node.receive({})).sent.length, 1)
  })
})
