import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import type { BulkProgress } from '../../src/bulk/progress.ts'
import { script } from './scripted-connection.ts'
import { five, insert, org } from './scripted-ingest-org.ts'

const jobId = '750R0000000zlh9IAA'

test('tells how far it is, and bears a listener that throws', async () => {
  const news: BulkProgress[] = []
  const { connection } = org()
  const load = createBulk(connection).ingest({ ...insert, maxRows: 3 }, five)
  load.on('progress', (progress) => {
    news.push(progress)
    throw new Error('listener')
  })
  const off = load.on('progress', () => assert.fail('was removed'))
  off()
  await load.run()
  assert.deepEqual(news[0], { phase: 'reading', rows: 5, total: 5, bytes: 0, jobs: {}, timeLeft: 0 })
  const uploading = news.filter(({ phase }) => phase === 'uploading')
  assert.deepEqual(
    uploading.map(({ rows, total, bytes }) => [rows, total, bytes]),
    [
      [3, 5, 11],
      [5, 5, 20],
    ],
  )
  assert.deepEqual(uploading.at(-1)?.jobs, { UploadComplete: 2 })
  const { jobId, ...last } = news.at(-1) as BulkProgress
  assert.match(jobId ?? '', /^75/)
  assert.deepEqual(last, {
    phase: 'processing',
    rows: 5,
    total: 5,
    bytes: 20,
    jobs: { JobComplete: 2 },
    timeLeft: 0,
  })
})

test("hands out Salesforce's refusals and then the rows that could not be sent, and counts both", async () => {
  const { connection } = org((line) => {
    if (line === 'GET /jobs/ingest/750000000000001') {
      return {
        body: {
          id: '750000000000001',
          object: 'Account',
          operation: 'insert',
          state: 'JobComplete',
          numberRecordsProcessed: 2,
          numberRecordsFailed: 1,
        },
      }
    }
    if (line.endsWith('failedResults')) {
      return {
        body: '"sf__Id","sf__Error",Name\n"","REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --",""\n',
      }
    }
    return undefined
  })
  const load = createBulk(connection).ingest(insert, 'Name,Phone\nx,1\n,2\n"y"z,3\n')
  const { rows, processed, failed, unprocessed } = await load.run()
  assert.deepEqual({ rows, processed, failed, unprocessed }, { rows: 3, processed: 2, failed: 2, unprocessed: 0 })
  const errors = (await load.failed().all()).map((row) => row.sf__Error)
  assert.equal(errors[0], 'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --')
  assert.match(errors[1] ?? '', /^MALFORMED_CSV:Line 4: text follows the closing quote/)
  assert.equal(errors.length, 2)
})

test('asks for no result that the counters say is empty', async () => {
  const { connection, lines } = org()
  const load = createBulk(connection).ingest(insert, five)
  await load.run()
  const before = lines().length
  assert.deepEqual(await load.failed().all(), [])
  assert.deepEqual(await load.unprocessed().all(), [])
  assert.equal(lines().length, before)
})

test('reads results by the Id of a job, with its delimiter and whether rows are new', async () => {
  const job = {
    id: jobId,
    state: 'JobComplete',
    columnDelimiter: 'PIPE',
    numberRecordsProcessed: 3,
    numberRecordsFailed: 1,
  }
  const { connection, lines } = script((line) => {
    if (line === `GET /jobs/ingest/${jobId}`) return { body: job }
    return { body: 'Name|"sf__Created"|"sf__Id"\nx|"true"|"001"\n"y|y"|"false"|"002"\n' }
  })
  const bulk = createBulk(connection)
  assert.deepEqual(await bulk.ingestJobs.results(jobId).successful().all(), [
    { Name: 'x', sf__Created: true, sf__Id: '001' },
    { Name: 'y|y', sf__Created: false, sf__Id: '002' },
  ])
  assert.deepEqual(lines(), [`GET /jobs/ingest/${jobId}`, `GET /jobs/ingest/${jobId}/successfulResults`])
})

test('a job that has not ended has no results yet, and is not asked for them', async () => {
  const job = { id: jobId, state: 'InProgress', object: 'Account', operation: 'insert' }
  const { connection, lines } = script(() => ({ body: job }))
  const results = createBulk(connection).ingestJobs.results(jobId)
  for (const kind of ['successful', 'failed', 'unprocessed'] as const) {
    await assert.rejects(results[kind]().all(), {
      code: 'ERR_SF_CONFIG',
      message:
        `Bulk insert job ${jobId} on Account is still InProgress; its results are there when it has ended. ` +
        `bulk.resume('${jobId}') waits for it.`,
    })
  }
  assert.deepEqual(new Set(lines()), new Set([`GET /jobs/ingest/${jobId}`]))
})

test('fetches a result again when rows are missing, and gives up when they are missing twice', async () => {
  const job = { id: jobId, state: 'JobComplete', numberRecordsProcessed: 3, numberRecordsFailed: 0 }
  const whole = '"sf__Id","sf__Created",Name\n1,true,a\n2,true,b\n3,true,c\n'
  for (const cut of [whole.length - 20, whole.length - 11, whole.length - 3, 5, 0]) {
    let downloads = 0
    const make = (cuts: number) =>
      script((line) => {
        if (!line.endsWith('Results')) return { body: job }
        downloads += 1
        return { body: downloads <= cuts ? whole.slice(0, cut) : whole }
      })
    const once = make(1)
    const rows = await createBulk(once.connection).ingestJobs.results(jobId).successful().all()
    assert.deepEqual(
      rows.map((row) => row.Name),
      ['a', 'b', 'c'],
      `cut at ${cut}`,
    )
    assert.equal(once.warnings.length, 1)
    downloads = 0
    const twice = make(2)
    await assert.rejects(createBulk(twice.connection).ingestJobs.results(jobId).successful().all(), {
      code: 'ERR_SF_PROTOCOL',
    })
  }
})
