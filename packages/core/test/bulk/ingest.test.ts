import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import type { BulkProgress } from '../../src/bulk/progress.ts'
import { BulkJobError } from '../../src/errors/bulk-job-error.ts'
import { TransportError } from '../../src/errors/transport-error.ts'
import { type Answer, gate, refusal, type Script, type Sent, script, settled } from './scripted-connection.ts'

type Override = (line: string, sent: Sent) => Answer | Promise<Answer | undefined> | undefined

interface JobState {
  rows: number
  state: string
  data: string
}

/** An org in which every job is complete at the second look, all its rows taken. */
function org(override: Override = () => undefined, options?: Parameters<typeof script>[1]): Script {
  const jobs = new Map<string, JobState>()
  return script(async (line, sent) => {
    const own = await override(line, sent)
    if (own !== undefined) return own
    const [method, path = ''] = line.split(' ')
    const [, , , id = '', below] = path.split('/')
    const job = jobs.get(id)
    if (method === 'POST') {
      const name = `j${jobs.size + 1}`
      jobs.set(name, { rows: 0, state: 'Open', data: '' })
      const { object, operation } = JSON.parse(sent.body)
      return {
        body: { id: name, object, operation, state: 'Open', apiVersion: 67, contentUrl: 'services/data/67.0/x' },
      }
    }
    if (job === undefined) return { status: 404, body: 'NOT_FOUND' }
    if (method === 'PUT') {
      job.data = sent.body
      job.rows = sent.body.trim().split('\n').length - 1
      return { status: 201 }
    }
    if (method === 'PATCH') {
      job.state = JSON.parse(sent.body).state
      return { body: { id, state: job.state } }
    }
    if (below === 'successfulResults') return { body: results(job, '"sf__Id","sf__Created"', '"001","true"') }
    if (below !== undefined) return { body: '' }
    const shown = job.state
    job.state = 'JobComplete'
    const counters = { numberRecordsProcessed: job.rows, numberRecordsFailed: 0 }
    return { body: { id, object: 'Account', operation: 'insert', state: shown, apiVersion: 67, ...counters } }
  }, options)
}

function results(job: JobState, names: string, values: string): string {
  const [header, ...rows] = job.data.trim().split('\n')
  return [`${names},${header}`, ...rows.map((row) => `${values},${row}`), ''].join('\n')
}

const insert = { object: 'Account', operation: 'insert' } as const
const five = ['a', 'b', 'c', 'd', 'e'].map((Name) => ({ Name }))

test('creates a job, uploads, completes, looks until it has ended, and counts', async () => {
  const { connection, lines, sent } = org()
  const load = createBulk(connection).ingest({ ...insert, assignmentRuleId: '01Q1' }, five)
  const summary = await load.run()
  assert.deepEqual(lines(), [
    'POST /jobs/ingest',
    'PUT /jobs/ingest/j1/batches',
    'PATCH /jobs/ingest/j1',
    'GET /jobs/ingest/j1',
    'GET /jobs/ingest/j1',
  ])
  assert.deepEqual(JSON.parse(sent[0]?.body ?? ''), {
    object: 'Account',
    operation: 'insert',
    contentType: 'CSV',
    columnDelimiter: 'COMMA',
    lineEnding: 'LF',
    assignmentRuleId: '01Q1',
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
      jobs: [['j1', 'JobComplete']],
      rows: 5,
      processed: 5,
      failed: 0,
      unprocessed: 0,
    },
  )
})

test('sends nothing before it is asked to, and nothing for an empty input', async () => {
  const { connection, lines } = org()
  const load = createBulk(connection).ingest(insert, [])
  load.successful()
  assert.deepEqual(await load.run(), { jobs: [], rows: 0, processed: 0, failed: 0, unprocessed: 0 })
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
      ['j1', 'UploadComplete'],
      ['j2', 'UploadComplete'],
      ['j3', 'UploadComplete'],
    ],
  )
  assert.ok(!lines().some((line) => line.startsWith('GET')))
  assert.equal((await load.run()).processed, 5)
  assert.equal(load.jobs[0]?.state, 'JobComplete')
})

test('keeps jobs in the order of the input when a later upload ends first', async () => {
  const slow = gate()
  const { connection } = org(async (line) => {
    if (line === 'PUT /jobs/ingest/j1/batches') await slow.opened
    if (line === 'PATCH /jobs/ingest/j2') slow.open()
    return undefined
  })
  const load = createBulk(connection).ingest({ ...insert, maxRows: 3, jobsInFlight: 2 }, five)
  await load.upload()
  assert.deepEqual(
    load.jobs.map(({ id }) => id),
    ['j1', 'j2'],
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

test('looks quickly at first, then every ten seconds, a fifth of it random', async () => {
  let looks = 0
  const { connection, sleeps } = org(
    (line) => {
      if (!line.startsWith('GET') || ++looks > 12) return undefined
      return { body: { id: 'j1', state: 'InProgress', apiVersion: 67 } }
    },
    { random: () => 0.5 },
  )
  await createBulk(connection).ingest(insert, five).run()
  assert.equal(sleeps[0], 225)
  assert.equal(sleeps[1], 337.5)
  assert.equal(sleeps.at(-1), 9000)
  for (const [index, sleep] of sleeps.entries()) assert.ok(sleep >= (sleeps[index - 1] ?? 0) && sleep <= 10_000)
})

test('compresses the upload where the platform can', async () => {
  const gzip = async (bytes: Uint8Array): Promise<Uint8Array> => bytes.subarray(0, 6)
  const { connection, sent } = org(
    (line) => (line.startsWith('GET') ? { body: { id: 'j1', state: 'JobComplete' } } : undefined),
    { gzip },
  )
  await createBulk(connection).ingest(insert, five).run()
  assert.equal(sent[1]?.body, 'Name\na')
  assert.equal(sent[1]?.request.headers?.['content-encoding'], 'gzip')
})

function failing(id: string, body: object): Override {
  return (line) =>
    line === `GET /jobs/ingest/${id}`
      ? { body: { id, object: 'Account', operation: 'insert', apiVersion: 67, ...body } }
      : undefined
}

test('throws the reason of a failed job after the other jobs have ended', async () => {
  const errorMessage = 'InvalidBatch : Field name not found : Nope'
  const { connection } = org(failing('j1', { state: 'Failed', errorMessage }))
  const load = createBulk(connection).ingest({ ...insert, maxRows: 3 }, five)
  await assert.rejects(load.run(), (error) => {
    assert.ok(error instanceof BulkJobError)
    assert.deepEqual([error.jobId, error.state], ['j1', 'Failed'])
    assert.equal(error.message, `Bulk insert job j1 on Account failed: ${errorMessage}`)
    return true
  })
  assert.deepEqual(
    load.jobs.map(({ state }) => state),
    ['Failed', 'JobComplete'],
  )
})

test('says that a job was aborted', async () => {
  const { connection } = org(failing('j1', { state: 'Aborted' }))
  const message = 'Bulk insert job j1 on Account was aborted'
  await assert.rejects(createBulk(connection).ingest(insert, five).run(), { code: 'ERR_SF_BULK_JOB', message })
})

test('starts no further jobs once one has failed', async () => {
  const seen = gate()
  async function* rows(): AsyncGenerator<{ Name: string }> {
    yield { Name: 'a' }
    yield { Name: 'b' }
    await seen.opened
    await settled()
    for (let index = 0; index < 100; index += 1) yield { Name: 'c' }
  }
  const { connection, lines } = org((line) => {
    if (line !== 'GET /jobs/ingest/j1') return undefined
    seen.open()
    return { body: { id: 'j1', state: 'Failed', object: 'Account', operation: 'insert' } }
  })
  const options = { ...insert, columns: ['Name'], maxRows: 1, jobsInFlight: 1 }
  await assert.rejects(createBulk(connection).ingest(options, rows()).run(), { code: 'ERR_SF_BULK_JOB' })
  assert.equal(lines().filter((line) => line.startsWith('POST')).length, 1)
})

test('hands out the rows of a failed load, and the error at their end unless run() has told it', async () => {
  const failed = failing('j1', { state: 'Failed' })
  const make = () => {
    const { connection } = org((line, sent) => {
      if (line.endsWith('j1/unprocessedrecords')) return { body: 'Name\na\nb\nc\n' }
      return line.endsWith('j1/successfulResults') ? { body: 'sf__Id,sf__Created,Name\n' } : failed(line, sent)
    })
    return createBulk(connection).ingest({ ...insert, maxRows: 3 }, five)
  }
  const untold = make()
  const rows: unknown[] = []
  await assert.rejects(
    async () => {
      for await (const row of untold.unprocessed()) rows.push(row.Name)
    },
    { code: 'ERR_SF_BULK_JOB' },
  )
  assert.deepEqual(rows, ['a', 'b', 'c'])
  const told = make()
  await assert.rejects(told.run())
  assert.equal((await told.unprocessed().all()).length, 3)
  assert.deepEqual(
    (await told.successful().all()).map((row) => row.Name),
    ['d', 'e'],
  )
})

test('says how many rows Salesforce does not account for', async () => {
  const { connection } = org(failing('j1', { state: 'JobComplete', numberRecordsProcessed: 4 }))
  await assert.rejects(createBulk(connection).ingest(insert, five).run(), {
    code: 'ERR_SF_PROTOCOL',
    message: /^Bulk job j1 got 5 rows, but Salesforce accounts for 4\./,
  })
})

test('aborts a job whose upload fails, waits for the others and leaves the source', async () => {
  let left = false
  async function* rows(): AsyncGenerator<{ Name: string }> {
    try {
      for (;;) yield { Name: 'a' }
    } finally {
      left = true
    }
  }
  const { connection, lines, sent } = org((line, { request }) => {
    if (line === 'PUT /jobs/ingest/j2/batches')
      throw new TransportError('gone', { request: { method: 'PUT', path: request.path, attempts: 4 } })
    return undefined
  })
  const load = createBulk(connection).ingest({ ...insert, columns: ['Name'], maxRows: 1, jobsInFlight: 1 }, rows())
  await assert.rejects(load.run(), { code: 'ERR_SF_TRANSPORT', message: 'gone' })
  assert.equal(left, true)
  assert.deepEqual(
    load.jobs.map(({ id, state }) => [id, state]),
    [['j1', 'JobComplete']],
  )
  const abort = sent.find(({ line, body }) => line === 'PATCH /jobs/ingest/j2' && body.includes('Aborted'))
  assert.equal(abort?.call.retry, false)
  assert.ok(!lines().includes('POST /jobs/ingest/j3'))
})

test('throws the error of a failing source and aborts nothing that is under way', async () => {
  async function* rows(): AsyncGenerator<{ Name: string }> {
    yield { Name: 'a' }
    yield { Name: 'b' }
    throw new Error('the file is gone')
  }
  const { connection, sent } = org()
  const load = createBulk(connection).ingest({ ...insert, columns: ['Name'], maxRows: 1 }, rows())
  await assert.rejects(load.run(), { message: 'the file is gone' })
  assert.deepEqual(
    load.jobs.map(({ state }) => state),
    ['JobComplete'],
  )
  assert.ok(!sent.some(({ body }) => body.includes('Aborted')))
})

test('takes an upload that is refused after a lost answer for done, and the counts for proof', async () => {
  const { connection } = org(undefined)
  const scripted: typeof connection.stream = async (request, call) => {
    const response = await connection.stream(request, call)
    if (request.method === 'PUT') throw refusal(400, 'INVALIDJOBSTATE', request, 2)
    return response
  }
  const summary = await createBulk({ ...connection, stream: scripted })
    .ingest(insert, five)
    .run()
  assert.equal(summary.processed, 5)
})

test('throws when an upload is refused at once', async () => {
  const { connection, sent } = org((line) => (line.startsWith('PUT') ? { status: 400, body: 'INVALIDJOB' } : undefined))
  await assert.rejects(createBulk(connection).ingest(insert, five).run(), { code: 'ERR_SF_API', status: 400 })
  assert.match(sent.at(-1)?.body ?? '', /Aborted/)
})

test('aborts the jobs that have not ended when the signal says so', async () => {
  const stop = new AbortController()
  const { connection, sent } = org((line) => {
    if (!line.startsWith('GET')) return undefined
    stop.abort(new Error('enough'))
    return { body: { id: 'j1', state: 'InProgress' } }
  })
  const load = createBulk(connection).ingest(insert, five, { signal: stop.signal })
  await assert.rejects(load.run(), { message: 'enough' })
  assert.deepEqual([sent.at(-1)?.line, sent.at(-1)?.body], ['PATCH /jobs/ingest/j1', '{"state":"Aborted"}'])
})

test('a failed attempt to abort does not hide why', async () => {
  const { connection, warnings } = org((line) => {
    if (line.startsWith('PUT')) return { status: 500, body: 'UNKNOWN_EXCEPTION' }
    return line.startsWith('PATCH') ? { status: 503, body: 'SERVER_UNAVAILABLE' } : undefined
  })
  await assert.rejects(createBulk(connection).ingest(insert, five).run(), { status: 500 })
  assert.deepEqual(warnings, ['Bulk job j1 could not be aborted: SERVER_UNAVAILABLE'])
})

test('tells how far it is, and bears a listener that throws', async () => {
  const news: BulkProgress[] = []
  const onProgress = (progress: BulkProgress): never => {
    news.push(progress)
    throw new Error('listener')
  }
  const { connection } = org()
  await createBulk(connection)
    .ingest({ ...insert, onProgress }, five)
    .run()
  assert.deepEqual(news[0], { phase: 'uploading', rows: 5, jobId: 'j1' })
  assert.deepEqual(news.at(-1), { phase: 'processing', rows: 5, total: 5, jobId: 'j1' })
})

test("hands out Salesforce's refusals and then the rows that could not be sent, and counts both", async () => {
  const { connection } = org((line) => {
    if (line === 'GET /jobs/ingest/j1') {
      return {
        body: {
          id: 'j1',
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
    id: 'j9',
    state: 'JobComplete',
    columnDelimiter: 'PIPE',
    numberRecordsProcessed: 3,
    numberRecordsFailed: 1,
  }
  const { connection, lines } = script((line) => {
    if (line === 'GET /jobs/ingest/j9') return { body: job }
    return { body: 'Name|"sf__Created"|"sf__Id"\nx|"true"|"001"\n"y|y"|"false"|"002"\n' }
  })
  const bulk = createBulk(connection)
  assert.deepEqual(await bulk.ingestJobs.results('j9').successful().all(), [
    { Name: 'x', sf__Created: true, sf__Id: '001' },
    { Name: 'y|y', sf__Created: false, sf__Id: '002' },
  ])
  assert.deepEqual(lines(), ['GET /jobs/ingest/j9', 'GET /jobs/ingest/j9/successfulResults'])
})

test('fetches a result again when rows are missing, and gives up when they are missing twice', async () => {
  const job = { id: 'j9', state: 'JobComplete', numberRecordsProcessed: 3, numberRecordsFailed: 0 }
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
    const rows = await createBulk(once.connection).ingestJobs.results('j9').successful().all()
    assert.deepEqual(
      rows.map((row) => row.Name),
      ['a', 'b', 'c'],
      `cut at ${cut}`,
    )
    assert.equal(once.warnings.length, 1)
    downloads = 0
    const twice = make(2)
    await assert.rejects(createBulk(twice.connection).ingestJobs.results('j9').successful().all(), {
      code: 'ERR_SF_PROTOCOL',
    })
  }
})
