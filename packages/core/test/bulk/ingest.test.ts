import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import { gate, settled } from './scripted-connection.ts'
import { five, insert, org } from './scripted-ingest-org.ts'

test('creates a job, uploads, completes, looks until it has ended, and counts', async () => {
  const { connection, lines, sent } = org()
  const load = createBulk(connection).ingest({ ...insert, assignmentRuleId: '01Q000000000001AAA' }, five)
  const summary = await load.run()
  assert.deepEqual(lines(), [
    'POST /jobs/ingest',
    'PUT /jobs/ingest/750000000000001/batches',
    'PATCH /jobs/ingest/750000000000001',
    'GET /jobs/ingest/750000000000001',
    'GET /jobs/ingest/750000000000001',
  ])
  assert.deepEqual(JSON.parse(sent[0]?.body ?? ''), {
    object: 'Account',
    operation: 'insert',
    contentType: 'CSV',
    columnDelimiter: 'COMMA',
    lineEnding: 'LF',
    assignmentRuleId: '01Q000000000001AAA',
  })
  assert.equal(sent[1]?.body, 'Name\na\nb\nc\nd\ne\n')
  assert.equal(sent[1]?.request.headers?.['content-type'], 'text/csv')
  assert.deepEqual(
    sent.map(({ request }) => request.replay),
    ['if-unsent', 'always', 'always', 'always', 'always'],
  )
  assert.deepEqual(
    { ...summary, jobs: summary.jobs.map(({ id, state }) => [id, state]) },
    {
      jobs: [['750000000000001', 'JobComplete']],
      rows: 5,
      processed: 5,
      successful: 5,
      failed: 0,
      rejected: 0,
      unprocessed: 0,
    },
  )
})

test('sends nothing before it is asked to, and nothing for an empty input', async () => {
  const { connection, lines } = org()
  const load = createBulk(connection).ingest(insert, [])
  load.successful()
  const none = { rows: 0, processed: 0, successful: 0, failed: 0, rejected: 0, unprocessed: 0 }
  assert.deepEqual(await load.run(), { jobs: [], ...none })
  assert.deepEqual(await load.successful().all(), [])
  assert.deepEqual(lines(), [])
})

test('refuses an input that cannot be loaded before any request', async () => {
  const { connection, lines } = org()
  const load = createBulk(connection).ingest({ ...insert, operation: 'update' }, five)
  await assert.rejects(load.run(), { code: 'ERR_SF_CONFIG', message: /needs the column Id/ })
  await assert.rejects(load.upload(), { code: 'ERR_SF_CONFIG' })
  assert.deepEqual(lines(), [])
})

test('runs once, however often it is asked', async () => {
  const { connection, lines } = org()
  const load = createBulk(connection).ingest(insert, five)
  await Promise.all([load.run(), load.run(), load.upload()])
  await load.run()
  assert.equal(lines().filter((line) => line.startsWith('POST')).length, 1)
})

test('uploads without waiting, and run() then waits for the same jobs', async () => {
  const { connection, lines } = org()
  const load = createBulk(connection).ingest({ ...insert, maxRows: 2 }, five)
  const jobs = await load.upload()
  assert.deepEqual(
    jobs.map(({ id, state }) => [id, state]),
    [
      ['750000000000001', 'UploadComplete'],
      ['750000000000002', 'UploadComplete'],
      ['750000000000003', 'UploadComplete'],
    ],
  )
  assert.ok(!lines().some((line) => line.startsWith('GET')))
  assert.equal((await load.run()).processed, 5)
  assert.equal(load.jobs[0]?.state, 'JobComplete')
})

test('keeps jobs in the order of the input when a later upload ends first', async () => {
  const slow = gate()
  const { connection } = org(async (line) => {
    if (line === 'PUT /jobs/ingest/750000000000001/batches') await slow.opened
    if (line === 'PATCH /jobs/ingest/750000000000002') slow.open()
    return undefined
  })
  const load = createBulk(connection).ingest({ ...insert, maxRows: 3, jobsInFlight: 2 }, five)
  await load.upload()
  assert.deepEqual(
    load.jobs.map(({ id }) => id),
    ['750000000000001', '750000000000002'],
  )
  assert.deepEqual(
    (await load.successful().all()).map((row) => row.Name),
    ['a', 'b', 'c', 'd', 'e'],
  )
})

test('does not read the source further than the uploads in flight', async () => {
  const hold = gate()
  let read = 0
  async function* rows(): AsyncGenerator<{ Name: number }> {
    while (read < 100) yield { Name: read++ }
  }
  const { connection } = org(async (line) => {
    if (line.startsWith('PUT')) await hold.opened
    return undefined
  })
  const options = { ...insert, maxRows: 10, jobsInFlight: 2, columns: ['Name'] }
  const running = createBulk(connection).ingest(options, rows()).run()
  await settled()
  assert.ok(read <= 22, `${read} rows read while two jobs of ten are uploading`)
  hold.open()
  assert.equal((await running).processed, 100)
})

test('compresses the upload where the platform can', async () => {
  async function* gzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) yield piece.subarray(0, 6)
  }
  const { connection, sent } = org(
    (line) => (line.startsWith('GET') ? { body: { id: '750000000000001', state: 'JobComplete' } } : undefined),
    { gzip },
  )
  await createBulk(connection).ingest(insert, five).run()
  assert.equal(sent[1]?.body, 'Name\na')
  assert.equal(sent[1]?.request.headers?.['content-encoding'], 'gzip')
})

test('goes by the Id that the creation of a job told, however later answers write it', async () => {
  const { connection } = org((line, { body }) =>
    line.startsWith('PATCH') ? { body: { id: '750000000000001AAA', ...JSON.parse(body) } } : undefined,
  )
  const load = createBulk(connection).ingest(insert, five)
  assert.deepEqual(
    (await load.upload()).map(({ id, state }) => [id, state]),
    [['750000000000001', 'UploadComplete']],
  )
})
