import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import { five, insert, org } from './scripted-ingest-org.ts'
import { workingOrg } from './working-org.ts'

test('serial: a job gets no rows before the one before has ended', async () => {
  const { connection, lines } = org()
  const options = { ...insert, maxRows: 2, concurrencyMode: 'serial', jobsInFlight: 4 } as const
  await createBulk(connection).ingest(options, five).run()
  const job = (number: number): string[] => {
    const path = `/jobs/ingest/${750_000_000_000_000 + number}`
    return ['POST /jobs/ingest', `PUT ${path}/batches`, `PATCH ${path}`, `GET ${path}`, `GET ${path}`]
  }
  assert.deepEqual(lines(), [...job(1), ...job(2), ...job(3)])
})

test('serial: upload() ends with the upload of the last job', async () => {
  const { connection, lines } = org()
  const load = createBulk(connection).ingest({ ...insert, maxRows: 3, concurrencyMode: 'serial' }, five)
  assert.deepEqual(
    (await load.upload()).map(({ state }) => state),
    ['JobComplete', 'UploadComplete'],
  )
  assert.equal(lines().at(-1), 'PATCH /jobs/ingest/750000000000002')
})

test('serial: no further job is begun after one that failed', async () => {
  const { connection, uploads } = workingOrg({ failsAfter: (job) => (job === 2 ? 1 : undefined) })
  const load = createBulk(connection).ingest({ ...insert, maxRows: 2, concurrencyMode: 'serial' }, five)
  await assert.rejects(load.run(), { code: 'ERR_SF_BULK_JOB', jobId: '750000000000002' })
  assert.deepEqual(uploads(), [
    ['a', 'b'],
    ['c', 'd'],
  ])
  assert.deepEqual(load.counts, { rows: 4, processed: 3, successful: 3, failed: 0, rejected: 0, unprocessed: 1 })
})

test('serial: a load that goes on waits for the jobs that there are before it begins another', async () => {
  const { connection, lines } = org()
  const bulk = createBulk(connection)
  const load = bulk.ingest({ ...insert, maxRows: 3, concurrencyMode: 'serial' }, five)
  await load.upload()
  const [, second] = load.checkpoint.jobs
  const jobs = second === undefined ? [] : [second]
  const before = lines().length
  await bulk.resume({ ...load.checkpoint, complete: false, jobs }, five).upload()
  const path = '/jobs/ingest/750000000000002'
  assert.deepEqual(lines().slice(before, before + 3), [`GET ${path}`, `GET ${path}`, 'POST /jobs/ingest'])
})
