import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import { BulkJobError } from '../../src/errors/bulk-job-error.ts'
import { ConfigurationError } from '../../src/errors/configuration-error.ts'
import { TransportError } from '../../src/errors/transport-error.ts'
import { gate, refusal, settled } from './scripted-connection.ts'
import { five, insert, type Override, org } from './scripted-ingest-org.ts'

const wayOn = 'bulk.resume(load.checkpoint, source) completes the load.'

function failing(id: string, body: object): Override {
  return (line) =>
    line === `GET /jobs/ingest/${id}`
      ? { body: { id, object: 'Account', operation: 'insert', apiVersion: 67, ...body } }
      : undefined
}

test('throws the reason of a failed job after the other jobs have ended', async () => {
  const errorMessage = 'InvalidBatch : Field name not found : Nope'
  const { connection } = org(failing('750000000000001', { state: 'Failed', errorMessage }))
  const load = createBulk(connection).ingest({ ...insert, maxRows: 3 }, five)
  await assert.rejects(load.run(), (error) => {
    assert.ok(error instanceof BulkJobError)
    assert.deepEqual([error.jobId, error.state], ['750000000000001', 'Failed'])
    const advice =
      'Salesforce would refuse it again: correct the columns or the data, and load what is not in successful() '
    assert.equal(
      error.message,
      `Bulk insert job 750000000000001 on Account failed: ${errorMessage}. ${advice}with bulk.ingest.`,
    )
    return true
  })
  assert.deepEqual(
    load.jobs.map(({ state }) => state),
    ['Failed', 'JobComplete'],
  )
})

test('says that a job was aborted', async () => {
  const { connection } = org(failing('750000000000001', { state: 'Aborted' }))
  const message = `Bulk insert job 750000000000001 on Account was aborted. ${wayOn}`
  await assert.rejects(createBulk(connection).ingest(insert, five).run(), { code: 'ERR_SF_BULK_JOB', message })
})

test('starts no further jobs once one has failed', async () => {
  const seen = gate()
  async function* rows(): AsyncGenerator<{ Name: string }> {
    yield { Name: 'a' }
    await seen.opened
    await settled()
    for (let index = 0; index < 100; index += 1) yield { Name: 'c' }
  }
  const { connection, lines } = org((line) => {
    if (line !== 'GET /jobs/ingest/750000000000001') return undefined
    seen.open()
    return { body: { id: '750000000000001', state: 'Failed', object: 'Account', operation: 'insert' } }
  })
  const options = { ...insert, columns: ['Name'], maxRows: 1, jobsInFlight: 1 }
  await assert.rejects(createBulk(connection).ingest(options, rows()).run(), { code: 'ERR_SF_BULK_JOB' })
  assert.equal(lines().filter((line) => line.startsWith('POST')).length, 1)
})

test('upload() rejects like run() where a job that run() waits for has failed before all rows were uploaded', async () => {
  const seen = gate()
  async function* rows(): AsyncGenerator<{ Name: string }> {
    yield { Name: 'a' }
    await seen.opened
    await settled()
    for (const Name of ['b', 'c']) yield { Name }
  }
  const { connection } = org((line) => {
    if (line !== 'GET /jobs/ingest/750000000000001') return undefined
    seen.open()
    return { body: { id: '750000000000001', state: 'Failed', object: 'Account', operation: 'insert' } }
  })
  const options = { ...insert, columns: ['Name'], maxRows: 1, jobsInFlight: 1 }
  const load = createBulk(connection).ingest(options, rows())
  const [run, upload] = await Promise.allSettled([load.run(), load.upload()])
  assert.equal(load.checkpoint.complete, false)
  assert.ok(run.status === 'rejected' && upload.status === 'rejected')
  assert.ok(upload.reason instanceof BulkJobError)
  assert.equal(upload.reason.message, run.reason.message)
})

test('hands out the rows of a failed load, and the error at their end unless run() has told it', async () => {
  const failed = failing('750000000000001', { state: 'Failed' })
  const make = () => {
    const { connection } = org((line, sent) => {
      if (line.endsWith('750000000000001/unprocessedrecords')) return { body: 'Name\na\nb\nc\n' }
      return line.endsWith('750000000000001/successfulResults')
        ? { body: 'sf__Id,sf__Created,Name\n' }
        : failed(line, sent)
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
  const { connection } = org(failing('750000000000001', { state: 'JobComplete', numberRecordsProcessed: 4 }))
  await assert.rejects(createBulk(connection).ingest(insert, five).run(), {
    code: 'ERR_SF_PROTOCOL',
    message: /^Bulk job 750000000000001 got 5 rows, but Salesforce accounts for 4\./,
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
    if (line === 'PUT /jobs/ingest/750000000000002/batches')
      throw new TransportError('gone', { request: { method: 'PUT', path: request.path, attempts: 4 } })
    return undefined
  })
  const load = createBulk(connection).ingest({ ...insert, columns: ['Name'], maxRows: 1, jobsInFlight: 1 }, rows())
  await assert.rejects(load.run(), {
    code: 'ERR_SF_TRANSPORT',
    message: `gone. The load has the bulk jobs 750000000000001, 750000000000002. ${wayOn}`,
  })
  assert.equal(left, true)
  assert.deepEqual(
    load.jobs.map(({ id, state }) => [id, state]),
    [['750000000000001', 'JobComplete']],
  )
  const abort = sent.find(({ line, body }) => line === 'PATCH /jobs/ingest/750000000000002' && body.includes('Aborted'))
  assert.equal(abort?.call.retry, false)
  assert.ok(!lines().includes('POST /jobs/ingest/750000000000003'))
})

test('a source that fails to clean up does not hide why it was left', async () => {
  const file = {
    [Symbol.dispose]() {
      throw new Error('the file cannot be closed')
    },
  }
  function* rows(): Generator<{ Name: string }> {
    using _ = file
    for (;;) yield { Name: 'a' }
  }
  const { connection } = org((line, { request }) => {
    if (line.startsWith('PUT')) throw refusal(400, 'InvalidBatch', request)
    return undefined
  })
  const options = { ...insert, columns: ['Name'], maxRows: 1, jobsInFlight: 1 }
  await assert.rejects(createBulk(connection).ingest(options, rows()).run(), { errorCode: 'InvalidBatch' })
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
    ['JobComplete', 'JobComplete'],
  )
  assert.ok(!sent.some(({ body }) => body.includes('Aborted')))
})

test('takes an upload that is refused after a lost answer for done, and the counts for proof', async () => {
  const { connection, lines } = org(undefined)
  const scripted: typeof connection.stream = async (request, call) => {
    const response = await connection.stream(request, call)
    if (request.method === 'PUT') throw refusal(400, 'Found multipe contents for job: <750000000000001>', request, 2)
    return response
  }
  const summary = await createBulk({ ...connection, stream: scripted })
    .ingest(insert, five)
    .run()
  assert.equal(summary.processed, 5)
  assert.equal(lines().filter((line) => line.startsWith('POST')).length, 1)
})

test('uploads rows to another job where nobody can tell whether they arrived, and aborts the first', async () => {
  let uploads = 0
  const { connection, sent } = org((line, { request }) => {
    if (line.startsWith('PUT') && ++uploads === 1) throw refusal(400, 'odd', request, 2)
    return undefined
  })
  const load = createBulk(connection).ingest(insert, five)
  const { jobs, processed } = await load.run()
  assert.deepEqual([jobs.map(({ id }) => id), processed], [['750000000000002'], 5])
  assert.deepEqual(
    load.checkpoint.jobs.map(({ id }) => id),
    ['750000000000002'],
  )
  const moves = sent.filter(({ line }) => line.startsWith('PATCH')).map(({ line, body }) => `${line} ${body}`)
  assert.deepEqual(moves, [
    'PATCH /jobs/ingest/750000000000001 {"state":"Aborted"}',
    'PATCH /jobs/ingest/750000000000002 {"state":"UploadComplete"}',
  ])
})

test('ends with what onCheckpoint rejects with, also where that is no reason at all', async () => {
  const { connection, lines } = org(undefined)
  const onCheckpoint = (): Promise<void> => Promise.reject()
  const outcome = await createBulk(connection)
    .ingest({ ...insert, onCheckpoint }, five)
    .run()
    .then(
      () => 'ran',
      (reason) => reason,
    )
  assert.equal(outcome, undefined)
  assert.equal(lines().filter((line) => line.startsWith('POST')).length, 1)
})

test('uploads rows to no other job unless the first one is surely aborted', async () => {
  const { connection, lines } = org((line, { request }) => {
    if (line.startsWith('PUT')) throw refusal(400, 'odd', request, 2)
    return line.startsWith('PATCH') ? { status: 500, body: 'UNKNOWN_EXCEPTION' } : undefined
  })
  await assert.rejects(createBulk(connection).ingest(insert, five).run(), { errorCode: 'odd' })
  assert.equal(lines().filter((line) => line.startsWith('POST')).length, 1)
})

test('lets the count of rows tell whether they arrived where the second job does not say it either', async () => {
  const { connection, warnings } = org(undefined)
  const scripted: typeof connection.stream = async (request, call) => {
    const response = await connection.stream(request, call)
    if (request.method === 'PUT') throw refusal(400, 'odd', request, 2)
    return response
  }
  const bulk = createBulk({ ...connection, stream: scripted })
  assert.equal((await bulk.ingest(insert, five).run()).processed, 5)
  assert.deepEqual(warnings, ['Bulk job 750000000000002 may have no rows: its upload was refused when repeated, odd'])
})

test('throws when the end of an upload is refused after a lost answer and the job is still open', async () => {
  const { connection } = org((line) =>
    line.startsWith('GET')
      ? { body: { id: '750000000000001', state: 'Open', object: 'Account', operation: 'insert' } }
      : undefined,
  )
  const jsonAnswer: typeof connection.jsonAnswer = async (request, call) => {
    const complete = request.method === 'PATCH' && JSON.stringify(request.body).includes('UploadComplete')
    if (complete) throw refusal(400, 'INVALIDJOBSTATE', request, 2)
    return connection.jsonAnswer(request, call)
  }
  await assert.rejects(
    createBulk({ ...connection, jsonAnswer })
      .ingest(insert, five)
      .upload(),
    { status: 400 },
  )
})

test('starts no part after one whose upload failed, whichever worker is free', async () => {
  const failed = gate()
  const { connection, lines } = org(async (line) => {
    if (line === 'PUT /jobs/ingest/750000000000001/batches') {
      failed.open()
      return { status: 400, body: 'INVALIDJOB' }
    }
    if (line === 'PUT /jobs/ingest/750000000000002/batches') {
      await failed.opened
      await settled()
    }
    return undefined
  })
  const options = { ...insert, columns: ['Name'], maxRows: 1, jobsInFlight: 2 }
  await assert.rejects(createBulk(connection).ingest(options, five).upload(), { status: 400 })
  assert.equal(lines().filter((line) => line.startsWith('POST')).length, 2)
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
    return { body: { id: '750000000000001', state: 'InProgress' } }
  })
  const load = createBulk(connection).ingest(insert, five, { signal: stop.signal })
  await assert.rejects(load.run(), { message: 'enough' })
  assert.deepEqual(
    [sent.at(-1)?.line, sent.at(-1)?.body],
    ['PATCH /jobs/ingest/750000000000001', '{"state":"Aborted"}'],
  )
  assert.deepEqual(
    load.jobs.map(({ state }) => state),
    ['Aborted'],
  )
})

test('aborts the jobs that are uploaded when the signal says so in the middle of an upload', async () => {
  for (const method of ['upload', 'run'] as const) {
    const stop = new AbortController()
    const { connection, sent } = org((line, { body }) => {
      if (line === 'POST /jobs/ingest' && sent.length > 1) stop.abort(new Error('enough'))
      return body.includes('Aborted') && line.endsWith('1') ? { status: 503, body: 'SERVER_UNAVAILABLE' } : undefined
    })
    const options = { ...insert, maxRows: 2, jobsInFlight: 1 }
    const load = createBulk(connection).ingest(options, five, { signal: stop.signal })
    await assert.rejects(load[method](), { message: 'enough' })
    const aborted = sent.filter(({ body }) => body.includes('Aborted')).map(({ line }) => line)
    assert.deepEqual(aborted, ['PATCH /jobs/ingest/750000000000001'], method)
  }
})

test('a load whose client is closed tries to abort no job, and one warning names those that Salesforce keeps', async () => {
  for (const at of ['GET', 'PUT'] as const) {
    const end = new AbortController()
    const closed = new ConfigurationError('This Salesforce client was closed; create a new one.')
    const { connection, warnings } = org(
      (line) => {
        if (end.signal.aborted) throw closed
        if (line.startsWith(at) && line.includes('750000000000002')) {
          end.abort(closed)
          throw closed
        }
        return undefined
      },
      { closing: end.signal },
    )
    const load = createBulk(connection).ingest({ ...insert, maxRows: 3, jobsInFlight: 1 }, five)
    await assert.rejects(load.run(), { message: /^This Salesforce client was closed; .* completes the load\.$/ })
    const kept = load.jobs[0]?.state === 'JobComplete' ? 'job 750000000000002' : 'jobs 750000000000001, 750000000000002'
    assert.deepEqual(warnings, [
      `This Salesforce client was closed during a bulk load. Salesforce keeps the bulk ${kept}: with another client ` +
        'bulk.resume goes on with the load, and bulk.ingestJobs.abort(id) ends a job.',
    ])
  }
})

test('aborts a job of which Salesforce says nothing when its data is complete', async () => {
  const { connection, sent } = org((line) => (line.startsWith('PATCH') ? { body: {} } : undefined))
  await assert.rejects(createBulk(connection).ingest(insert, five).run(), { code: 'ERR_SF_PROTOCOL' })
  assert.match(sent.at(-1)?.body ?? '', /Aborted/)
})

test('a failed attempt to abort does not hide why', async () => {
  const { connection, warnings } = org((line) => {
    if (line.startsWith('PUT')) return { status: 500, body: 'UNKNOWN_EXCEPTION' }
    return line.startsWith('PATCH') ? { status: 503, body: 'SERVER_UNAVAILABLE' } : undefined
  })
  await assert.rejects(createBulk(connection).ingest(insert, five).run(), { status: 500 })
  assert.deepEqual(warnings, ['Bulk job 750000000000001 could not be aborted: SERVER_UNAVAILABLE'])
})
