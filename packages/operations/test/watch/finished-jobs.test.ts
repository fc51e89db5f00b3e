import assert from 'node:assert/strict'
import { test } from 'node:test'
import { finishedJobs, newestFinishedJob, type Row, type WatchState } from '@forcewire/operations'
import { type Org, openOrg } from '../support/org.ts'

const airports: Row[] = [
  { External_Id__c: 'OSL', Name: 'Oslo' },
  { External_Id__c: 'BGO', Name: 'Bergen' },
  { External_Id__c: 'XXX', Name: '' },
]

const load = (org: Org, rows = airports) =>
  org.run('bulk.ingest', { object: 'Account', operation: 'upsert', externalIdField: 'External_Id__c' }, rows)

/** Looks again and again with the state of the look before, as a trigger does. */
function watcher(
  org: Org,
  options: { object?: string; failureLimit?: number; kind?: 'ingest' | 'query' | 'all' } = {},
) {
  let state: WatchState | undefined
  return async () => {
    const look = await finishedJobs({ salesforce: org.salesforce, kind: 'all', ...options, state })
    // A host keeps the state as JSON.
    state = JSON.parse(JSON.stringify(look.state)) as WatchState
    return look.events
  }
}

test('jobs that had finished before the first look are not news', async () => {
  await using org = await openOrg()
  await load(org)
  const look = watcher(org)
  assert.deepEqual(await look(), [])
  assert.deepEqual(await look(), [])
})

test('a job is reported once, with counts that add up and the refused rows with their reasons', async () => {
  await using org = await openOrg()
  const look = watcher(org)
  await look()
  await load(org)
  const [event, ...others] = await look()
  assert.equal(others.length, 0)
  assert.deepEqual(event?.counts, { processed: 3, created: 2, updated: 0, deleted: 0, failed: 1, unprocessed: 0 })
  assert.equal(event?.job.state, 'JobComplete')
  assert.equal(event?.failures[0]?.errors[0]?.errorCode, 'REQUIRED_FIELD_MISSING')
  assert.deepEqual(await look(), [])
})

test('created and updated come from the results of an upsert', async () => {
  await using org = await openOrg()
  await load(org)
  const look = watcher(org)
  await look()
  await load(org, [...airports.slice(0, 2), { External_Id__c: 'TRD', Name: 'Trondheim' }])
  const [event] = await look()
  assert.deepEqual(event?.counts, { processed: 3, created: 1, updated: 2, deleted: 0, failed: 0, unprocessed: 0 })
})

test('a job that ends in the same second as the newest one reported is reported too', async () => {
  await using org = await openOrg(() => 1_700_000_000_000)
  const look = watcher(org)
  await look()
  await load(org)
  assert.equal((await look()).length, 1)
  await load(org)
  assert.equal((await look()).length, 1)
})

test('a job that shows up later than its time says is reported once', async () => {
  let now = 1_700_000_060_000
  await using org = await openOrg(() => now)
  const look = watcher(org)
  await look()
  await load(org)
  assert.equal((await look()).length, 1)
  now -= 30_000
  await load(org)
  assert.equal((await look()).length, 1)
  assert.deepEqual(await look(), [])
})

test('two jobs come in the order in which they ended, ingest and query alike', async () => {
  let now = 1_700_000_000_000
  await using org = await openOrg(() => now)
  const look = watcher(org)
  await look()
  await load(org)
  now += 5000
  await org.run('bulk.query', { soql: 'SELECT Id FROM Account' })
  assert.deepEqual(
    (await look()).map(({ job }) => job.operation),
    ['upsert', 'query'],
  )
})

test('only the watched kind and object are reported', async () => {
  await using org = await openOrg()
  const contacts = watcher(org, { object: 'contact' })
  const queries = watcher(org, { kind: 'query' })
  await contacts()
  await queries()
  await load(org)
  assert.deepEqual(await contacts(), [])
  assert.deepEqual(await queries(), [])
})

test('failed rows beyond the limit are counted and said to be left out', async () => {
  await using org = await openOrg()
  const look = watcher(org, { failureLimit: 1 })
  await look()
  await load(org, [
    { External_Id__c: 'A', Name: '' },
    { External_Id__c: 'B', Name: '' },
  ])
  const [event] = await look()
  assert.equal(event?.counts.failed, 2)
  assert.equal(event?.failures.length, 1)
  assert.equal(event?.failuresOmitted, 1)
})

test('a failed job is reported with its reason and its rows as not processed', async () => {
  await using org = await openOrg()
  const look = watcher(org)
  await look()
  await assert.rejects(load(org, [{ External_Id__c: 'A', Name: 'A', Colour__c: 'red' }]))
  const [event] = await look()
  assert.equal(event?.job.state, 'Failed')
  assert.match(JSON.stringify(event?.job), /Colour__c/)
  assert.equal(event?.counts.unprocessed, 1)
})

test('a job whose rows belong to somebody else is reported with its counters and keeps no other from being reported', async () => {
  await using org = await openOrg()
  const look = watcher(org)
  await look()
  await load(org)
  await load(org, [{ External_Id__c: 'TRD', Name: 'Trondheim' }])
  org.emulator.faults.add({ path: /failedResults/, status: 403, errorCode: 'INSUFFICIENT_ACCESS' })
  const [hidden, open, ...others] = await look()
  const none = { created: 0, updated: 0, deleted: 0, unprocessed: 0 }
  assert.deepEqual(hidden?.counts, { ...none, processed: 3, failed: 1 })
  assert.deepEqual([hidden?.failures.length, hidden?.failuresOmitted], [0, 1])
  assert.equal(open?.counts.created, 1)
  assert.deepEqual(others, [])
  assert.deepEqual(await look(), [])
})

test('a limit of the org while rows are read puts a report off and loses none', async () => {
  await using org = await openOrg()
  const look = watcher(org)
  await look()
  await load(org)
  const message = 'TotalRequests Limit exceeded.'
  org.emulator.faults.add({ path: /failedResults/, status: 403, errorCode: 'REQUEST_LIMIT_EXCEEDED', message })
  await assert.rejects(look(), { code: 'ERR_SF_LIMIT' })
  assert.equal((await look())[0]?.failures.length, 1)
})

test('the sample of an editor is the newest finished job, or nothing', async () => {
  await using org = await openOrg()
  const options = { salesforce: org.salesforce, kind: 'ingest' } as const
  assert.equal(await newestFinishedJob(options), undefined)
  await load(org)
  assert.equal((await newestFinishedJob(options))?.counts.created, 2)
})
