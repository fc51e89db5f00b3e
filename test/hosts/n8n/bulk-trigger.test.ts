import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import type { FinishedJob } from '@forcewire/operations'
import { type IDataObject, type INodeExecutionData, type INodeParameters, NodeApiError } from 'n8n-workflow'
import { SalesforceBulkTrigger } from '../../../nodes/SalesforceBulkTrigger/SalesforceBulkTrigger.node.ts'
import { FakeN8n, type FakeSetup } from './fake-n8n.ts'
import { actionNode, clientCredentials, items } from './setup.ts'

let emulator: Emulator
before(async () => {
  emulator = await createEmulator()
})
beforeEach(() => emulator.reset())
after(() => emulator.close())

function trigger(parameters: INodeParameters, setup: Partial<FakeSetup> = {}): FakeN8n {
  const credentials = [clientCredentials(emulator)]
  return new FakeN8n({ nodeType: new SalesforceBulkTrigger(), parameters, credentials, ...setup })
}

async function load(object: string, ...rows: readonly object[]): Promise<void> {
  const credentials = [clientCredentials(emulator)]
  await actionNode('bulk.ingest', { object, operation: 'insert' }, { credentials, items: items(...rows) }).execute()
}

function events(output: INodeExecutionData[][] | null): FinishedJob[] {
  return (output?.[0] ?? []).map(({ json }) => json as unknown as FinishedJob)
}

describe('the bulk trigger', () => {
  it('reports nothing that finished before its first poll, then each job once', async () => {
    await load('Account', { Name: 'Before' })
    const node = trigger({}, { staticData: {} })
    assert.equal(await node.poll(), null)
    await load('Account', { Name: 'One' }, { Name: '' })
    const [event, ...more] = events(await node.poll())
    assert.deepEqual(more, [])
    const { processed, created, failed } = event?.counts ?? {}
    assert.deepEqual({ processed, created, failed }, { processed: 2, created: 1, failed: 1 })
    assert.equal(event?.failures[0]?.errors[0]?.errorCode, 'REQUIRED_FIELD_MISSING')
    assert.equal(await node.poll(), null)
  })

  it('goes on from the saved state after a restart, so that a job in between is not lost', async () => {
    const staticData: IDataObject = {}
    await trigger({}, { staticData }).poll()
    const saved = structuredClone(staticData)
    await load('Account', { Name: 'While n8n was down' })
    assert.equal(events(await trigger({}, { staticData: saved }).poll()).length, 1)
  })

  it('also reports the jobs of the last hours when it is told to', async () => {
    await load('Account', { Name: 'Before' })
    const node = trigger({ startFrom: 'hours', hours: 1 }, { staticData: {} })
    assert.equal(events(await node.poll()).length, 1)
    assert.equal(await node.poll(), null)
  })

  it('watches one object and one kind of job when it is told to', async () => {
    const account = trigger({ object: { __rl: true, mode: 'name', value: 'Account' } }, { staticData: {} })
    const queries = trigger({ kind: 'query' }, { staticData: {} })
    await Promise.all([account.poll(), queries.poll()])
    await load('Contact', { LastName: 'Doe' })
    await load('Account', { Name: 'One' })
    assert.deepEqual(
      events(await account.poll()).map(({ job }) => job.object),
      ['Account'],
    )
    assert.equal(await queries.poll(), null)
  })

  it('passes on as many failed rows as the option says and counts the others', async () => {
    const node = trigger({ options: { failureLimit: 1 } }, { staticData: {} })
    await node.poll()
    await load('Account', { Name: '', Phone: '1' }, { Name: '', Phone: '2' })
    const [event] = events(await node.poll())
    assert.deepEqual([event?.failures.length, event?.failuresOmitted], [1, 1])
  })

  it('shows the newest finished job as a sample in the editor and leaves the state alone', async () => {
    await load('Account', { Name: 'First' })
    await load('Contact', { LastName: 'Second' })
    const staticData: IDataObject = {}
    const sample = events(await trigger({}, { staticData, mode: 'manual' }).poll())
    assert.deepEqual(
      sample.map(({ job }) => job.object),
      ['Contact'],
    )
    assert.deepEqual(staticData, {})
  })

  it('lets a poll pass while the one before it is still running', async () => {
    const node = trigger({ startFrom: 'hours' }, { staticData: {} })
    await load('Account', { Name: 'One' })
    const polls = await Promise.all([node.poll(), node.poll()])
    assert.deepEqual(
      polls
        .map(events)
        .map(({ length }) => length)
        .toSorted(),
      [0, 1],
    )
  })

  it('fails with the status of Salesforce, by which n8n decides how long to wait', async () => {
    emulator.faults.add({ path: /jobs\/ingest/, status: 403, errorCode: 'API_DISABLED_FOR_ORG', times: 9 })
    await assert.rejects(trigger({}, { staticData: {} }).poll(), (error) => {
      assert.ok(error instanceof NodeApiError)
      assert.deepEqual([error.httpCode, error.context.errorCode], ['403', 'API_DISABLED_FOR_ORG'])
      return true
    })
  })
})
