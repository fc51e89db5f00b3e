import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import { five, insert } from './scripted-ingest-org.ts'
import { ids, uploaded } from './uploaded-load.ts'
import { workingOrg } from './working-org.ts'

const [one] = ids(1) as [string]

test('answers for jobs by their Ids, without a source', async () => {
  const org = workingOrg({ isRefused: (name) => name === 'b' })
  const { jobs } = await uploaded(org)
  const load = createBulk(org.connection).resume(jobs.map(({ id }) => id))
  const counts = { rows: 5, processed: 5, successful: 4, failed: 1, rejected: 0, unprocessed: 0 }
  assert.deepEqual({ ...(await load.run()), jobs: [] }, { ...counts, jobs: [] })
  assert.deepEqual(load.counts, counts)
  assert.deepEqual(
    (await load.successful().all()).map((row) => row.Name),
    ['a', 'c', 'd', 'e'],
  )
  assert.deepEqual(
    (await load.failed().all()).map((row) => row.Name),
    ['b'],
  )
  const again = createBulk(org.connection).resume(JSON.parse(JSON.stringify(load.checkpoint)))
  assert.equal((await again.run()).rows, 5)
  assert.equal((await createBulk(org.connection).resume(one).run()).rows, 2)
})

test('does not wait for a job that is open, which would never end', async () => {
  const open = { id: one, state: 'Open', object: 'Account', operation: 'insert' }
  const org = workingOrg({ override: () => ({ body: open }) })
  await assert.rejects(createBulk(org.connection).resume(one).run(), {
    code: 'ERR_SF_CONFIG',
    message: /^Bulk job 750000000000001 is still open: its upload was never completed, so that it would never end\./,
  })
})

test('throws what became of a failed job by its Id', async () => {
  const org = workingOrg({ failsAfter: () => 1 })
  const load = createBulk(org.connection).ingest(insert, five)
  await load.upload()
  const resumed = createBulk(org.connection).resume(one)
  await assert.rejects(resumed.run(), {
    code: 'ERR_SF_BULK_JOB',
    message: /bulk\.ingestJobs\.results\('750000000000001'\)/,
  })
  assert.equal((await resumed.unprocessed().all()).length, 4)
  const counts = { rows: 5, processed: 1, successful: 1, failed: 0, rejected: 0, unprocessed: 4 }
  assert.deepEqual(resumed.counts, counts)
})

test('names the jobs, and the way on, where the first look at them fails', async () => {
  let isDown = false
  const org = workingOrg({ override: () => (isDown ? { status: 403, body: 'REQUEST_LIMIT_EXCEEDED' } : undefined) })
  const checkpoint = await uploaded(org)
  isDown = true
  const known = `REQUEST_LIMIT_EXCEEDED. The load has the bulk jobs ${ids(1, 2, 3).join(', ')}.`
  const bulk = createBulk(org.connection)
  await assert.rejects(bulk.resume(checkpoint, five).run(), {
    message: `${known} bulk.resume(load.checkpoint, source) completes the load.`,
  })
  await assert.rejects(bulk.resume(ids(1, 2, 3)).run(), {
    message: `${known} bulk.resume with the same Ids goes on.`,
  })
})

test('aborts the jobs of a checkpoint where the signal ends the first look at them', async () => {
  const stop = new AbortController()
  let isLooking = false
  const org = workingOrg({
    override: (line) => {
      if (!isLooking || !line.startsWith('GET')) return undefined
      stop.abort(new Error('enough'))
      throw stop.signal.reason
    },
  })
  const checkpoint = await uploaded(org)
  isLooking = true
  const load = createBulk(org.connection).resume(checkpoint, five, { signal: stop.signal })
  await assert.rejects(load.run(), { message: 'enough' })
  assert.deepEqual(
    org.sent.flatMap(({ line, body }) => (body.includes('Aborted') ? [line] : [])),
    ids(1, 2, 3).map((id) => `PATCH /jobs/ingest/${id}`),
  )
  assert.match(org.warnings.join(), /^A bulk load broke off\. It has the bulk jobs 750000000000001, /)
})

test('does not say that resuming finds rows that Salesforce does not account for', async () => {
  const short = { id: one, object: 'Account', operation: 'insert', state: 'JobComplete', numberRecordsProcessed: 4 }
  const org = workingOrg({ override: (line) => (line === `GET /jobs/ingest/${one}` ? { body: short } : undefined) })
  const message =
    `Bulk job ${one} got 5 rows, but Salesforce accounts for 4. Compare its results ` +
    `(bulk.ingestJobs.results('${one}')) with the input before loading the missing rows again.`
  const load = createBulk(org.connection).ingest(insert, five)
  await assert.rejects(load.run(), { code: 'ERR_SF_PROTOCOL', message })
  const { rows: _, ...part } = { ...load.checkpoint, complete: false }
  const rest = createBulk(org.connection).resume(part, [...five, { Name: 'f' }])
  await assert.rejects(rest.run(), { message })
  assert.deepEqual(org.taken, ['f'])
})
