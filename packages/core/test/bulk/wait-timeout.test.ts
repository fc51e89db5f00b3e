import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import { TimeoutError } from '../../src/errors/transport-error.ts'
import { five, insert } from './scripted-ingest-org.ts'
import { type WorkingOrg, workingOrg } from './working-org.ts'

const [one, two] = ['750000000000001', '750000000000002'] as const

/** An org whose second job takes longer than anybody waits, until `go()`. */
function slowOrg(counters: object = {}): { readonly org: WorkingOrg; readonly go: () => void } {
  let isSlow = true
  const running = { id: two, state: 'InProgress', object: 'Account', operation: 'insert', ...counters }
  const org = workingOrg({
    override: (line) => (isSlow && line === `GET /jobs/ingest/${two}` ? { body: running } : undefined),
  })
  return {
    org,
    go: () => {
      isSlow = false
    },
  }
}

test('a load waits no longer than it may, leaves its jobs alone, and can be waited for again', async () => {
  const { org, go } = slowOrg()
  const bulk = createBulk(org.connection)
  const load = bulk.ingest({ ...insert, maxRows: 3, waitTimeout: 60_000 }, five)
  await assert.rejects(load.run(), (error) => {
    assert.ok(error instanceof TimeoutError)
    assert.equal(error.phase, 'job')
    assert.match(error.message, new RegExp(`${two} on Account is still InProgress after a wait of 60 s`))
    assert.match(error.message, /bulk\.resume\(load\.checkpoint, source\) completes the load\.$/)
    return true
  })
  assert.ok(!org.sent.some(({ body }) => body.includes('Aborted')))
  assert.deepEqual(load.counts, { rows: 5, processed: 3, successful: 3, failed: 0, rejected: 0, unprocessed: 2 })
  assert.deepEqual(
    load.jobs.map(({ state }) => state),
    ['JobComplete', 'InProgress'],
  )
  go()
  assert.equal((await bulk.resume(load.checkpoint).run()).successful, 5)
})

test('a load that may not be left alone has its jobs aborted when the time is over', async () => {
  const { org, go } = slowOrg({ numberRecordsProcessed: 1 })
  const options = { ...insert, maxRows: 3, waitTimeout: 60_000, abortOnTimeout: true }
  const load = createBulk(org.connection).ingest(options, five)
  await assert.rejects(load.run(), {
    code: 'ERR_SF_TIMEOUT',
    phase: 'job',
    message:
      `Bulk insert job ${two} on Account was still InProgress after a wait of 60 s and was aborted; Salesforce had worked ` +
      'on 1 of its 2 rows. bulk.resume(load.checkpoint, source) completes the load.',
  })
  assert.deepEqual(
    org.sent.filter(({ body }) => body.includes('Aborted')).map(({ line }) => line),
    [`PATCH /jobs/ingest/${two}`],
  )
  assert.deepEqual(
    load.jobs.map(({ id, state }) => [id, state]),
    [
      [one, 'JobComplete'],
      [two, 'Aborted'],
    ],
  )
  go()
  // What the aborted job never came to is loaded again.
  assert.equal((await createBulk(org.connection).resume(load.checkpoint).run()).successful, 5)
  assert.deepEqual(org.taken, ['a', 'b', 'c', 'd', 'e'])
})

test('a job that takes too long is aborted where upload() waits for it', async () => {
  const { org } = slowOrg()
  const options = { ...insert, maxRows: 2, concurrencyMode: 'serial', waitTimeout: 300, abortOnTimeout: true } as const
  const load = createBulk(org.connection).ingest(options, five)
  await assert.rejects(load.upload(), { code: 'ERR_SF_TIMEOUT', message: /after a wait of 300 ms and was aborted/ })
  assert.deepEqual(
    load.jobs.map(({ id, state }) => [id, state]),
    [
      [one, 'JobComplete'],
      [two, 'Aborted'],
    ],
  )
})

test('a job that ends before it is aborted for its time ends as it does', async () => {
  const org = workingOrg({
    override: (line, { body }) => {
      if (line.startsWith('PATCH') && body.includes('Aborted')) return { status: 400, body: 'INVALIDJOBSTATE' }
      const isFirst = line.startsWith('GET') && org.lines().filter((one) => one.startsWith('GET')).length === 1
      return isFirst ? { body: { id: one, state: 'InProgress', object: 'Account', operation: 'insert' } } : undefined
    },
  })
  const load = createBulk(org.connection).ingest({ ...insert, waitTimeout: 1, abortOnTimeout: true }, five)
  assert.equal((await load.run()).successful, 5)
})

test('a job that takes too long and cannot be aborted is left to Salesforce, which is said', async () => {
  const running = { id: one, state: 'InProgress', object: 'Account', operation: 'insert' }
  const org = workingOrg({
    override: (line, { body }) => {
      if (body.includes('Aborted')) return { status: 500, body: 'UNKNOWN_EXCEPTION' }
      return line.startsWith('GET') ? { body: running } : undefined
    },
  })
  const load = createBulk(org.connection).ingest({ ...insert, waitTimeout: 1, abortOnTimeout: true }, five)
  await assert.rejects(load.run(), {
    code: 'ERR_SF_TIMEOUT',
    message: /is still InProgress .* Salesforce goes on with it/,
  })
  assert.match(org.warnings.join(), /could not be aborted/)
})

test('a load waits as long as it takes unless told otherwise', async () => {
  let looks = 0
  const running = { id: one, state: 'InProgress', object: 'Account', operation: 'insert' }
  const org = workingOrg({
    override: (line) => (line.startsWith('GET') && ++looks < 5000 ? { body: running } : undefined),
  })
  assert.equal((await createBulk(org.connection).ingest(insert, five).run()).successful, 5)
  const waited = org.sleeps.reduce((sum, sleep) => sum + sleep, 0)
  assert.ok(waited > 10 * 3_600_000, `${waited}`)
})
