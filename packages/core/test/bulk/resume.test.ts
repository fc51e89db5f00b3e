import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { clientCredentials, customClock, type IngestCheckpoint, type Middleware, Salesforce } from '@forcewire/core'
import { createEmulator } from '@forcewire/emulator'
import { TestClock } from '../support/test-clock.ts'

let emulator: Awaited<ReturnType<typeof createEmulator>>
let salesforce: Salesforce

const insert = { object: 'Account', operation: 'insert', maxRows: 2, jobsInFlight: 1 } as const
const five = ['a', 'b', 'c', 'd', 'e'].map((Name) => ({ Name }))

function client(...middleware: Middleware[]): Salesforce {
  const { clientId, clientSecret } = emulator.credentials
  const auth = clientCredentials({ clientId, clientSecret, loginUrl: emulator.url })
  return new Salesforce({ auth, middleware, retry: false, [customClock]: new TestClock() })
}

before(async () => {
  emulator = await createEmulator({ seed: 'empty' })
  salesforce = client()
})

beforeEach(async () => {
  await emulator.reset()
  // The look at a job does its work, so that no test depends on how many looks there are.
  emulator.pace.set({ reads: 1 })
})

after(async () => {
  await salesforce.close()
  await emulator.close()
})

async function namesInOrg(): Promise<string[]> {
  const accounts = await salesforce.query<{ Name: string }>('SELECT Name FROM Account ORDER BY Name').all()
  return accounts.map(({ Name }) => Name)
}

/** A process that ends at its n-th request: before it is sent, or before its answer is there. Nothing leaves it after that. */
function dying(request: number, answerLost: boolean): Middleware {
  let count = 0
  return async (sent, next) => {
    count += 1
    if (count === request && answerLost) await next(sent)
    if (count >= request) throw new Error('the process is gone')
    return next(sent)
  }
}

/** Runs a load in a process that dies, and answers what it had stored by then, as text. */
async function interrupted(request: number, answerLost: boolean): Promise<string | undefined> {
  await using mortal = client(dying(request, answerLost))
  let stored: string | undefined
  const onCheckpoint = (checkpoint: IngestCheckpoint): void => {
    stored = JSON.stringify(checkpoint)
  }
  const load = mortal.bulk.ingest({ ...insert, onCheckpoint }, five)
  await assert.rejects(load.run(), { message: 'the process is gone' })
  return stored
}

for (const answerLost of [false, true]) {
  for (let request = 2; request <= 12; request += 1) {
    const when = answerLost ? 'before the answer to' : 'before'
    test(`a load that is interrupted ${when} its request ${request} is completed, each row once`, async () => {
      const stored = await interrupted(request, answerLost)
      const load =
        stored === undefined ? salesforce.bulk.ingest(insert, five) : salesforce.bulk.resume(JSON.parse(stored), five)
      const { jobs: _, ...counts } = await load.run()
      assert.deepEqual(counts, { rows: 5, processed: 5, successful: 5, failed: 0, rejected: 0, unprocessed: 0 })
      assert.deepEqual(await namesInOrg(), ['a', 'b', 'c', 'd', 'e'])
      assert.deepEqual((await load.successful().all()).map((row) => row.Name).sort(), ['a', 'b', 'c', 'd', 'e'])
      assert.deepEqual(await load.unprocessed().all(), [])
    })
  }
}

test('a load whose job is aborted while Salesforce works on it is completed, each row once', async () => {
  emulator.pace.set('at-once')
  const names = Array.from({ length: 3000 }, (_, index) => `Row ${String(index).padStart(4, '0')}`)
  const csv = `Name\r\n${names.join('\r\n')}\r\n`
  const stop = new AbortController()
  let stored = ''
  const onCheckpoint = (checkpoint: IngestCheckpoint): void => {
    stored = JSON.stringify(checkpoint)
    if (checkpoint.complete) stop.abort(new Error('enough'))
  }
  const options = { object: 'Account', operation: 'insert', onCheckpoint } as const
  const aborted = salesforce.bulk.ingest(options, csv, { signal: stop.signal })
  await assert.rejects(aborted.run(), { message: 'enough' })
  const { successful, unprocessed } = aborted.counts
  assert.ok(successful + unprocessed <= 3000)
  const load = salesforce.bulk.resume(JSON.parse(stored))
  const { jobs: _, ...counts } = await load.run()
  assert.deepEqual(counts, { rows: 3000, processed: 3000, successful: 3000, failed: 0, rejected: 0, unprocessed: 0 })
  assert.deepEqual(await namesInOrg(), names)
})

test('goes on with the jobs of a process that is gone, by their Ids', async () => {
  const load = salesforce.bulk.ingest(insert, five)
  const ids = (await load.upload()).map(({ id }) => id)
  await using later = client()
  const resumed = later.bulk.resume(ids)
  assert.equal((await resumed.run()).successful, 5)
  assert.deepEqual((await resumed.successful().all()).map((row) => row.Name).sort(), ['a', 'b', 'c', 'd', 'e'])
})

test('says of the Id of a query job, or of one that is gone, that no job with it loads rows', async () => {
  const { id } = await salesforce.bulk.query('SELECT Id FROM Account').job()
  await assert.rejects(salesforce.bulk.resume(id).run(), (error: Error) => {
    assert.match(
      error.message,
      /There is no bulk job 750\w{15} that loads rows \(Salesforce keeps jobs for seven days\)\./,
    )
    assert.ok(error.message.includes(` If it is a query job, bulk.resumeQuery('${id}') goes on with it.`))
    assert.doesNotMatch(error.message, /checkpoint/)
    return true
  })
})
