import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import fc from 'fast-check'
import { createBulk } from '../../src/bulk/bulk.ts'
import type { IngestCheckpoint } from '../../src/bulk/checkpoint.ts'
import { NotFoundError } from '../../src/errors/api-error.ts'
import { BulkJobError } from '../../src/errors/bulk-job-error.ts'
import { five, insert } from './scripted-ingest-org.ts'
import { ids, uploaded, whole } from './uploaded-load.ts'
import { mortal, workingOrg } from './working-org.ts'

const [one, two] = ids(1, 2) as [string, string]

test('loads the rows again that a failed job never came to, and no others', async () => {
  const org = workingOrg({ failsAfter: (job) => (job === 1 ? 3 : undefined) })
  const bulk = createBulk(org.connection)
  const first = bulk.ingest(insert, five)
  await assert.rejects(first.run(), (error) => error instanceof BulkJobError && error.jobId === one)
  const { jobs: _, ...counts } = await bulk.resume(first.checkpoint).run()
  assert.deepEqual(counts, whole)
  assert.deepEqual(org.uploads(), [
    ['a', 'b', 'c', 'd', 'e'],
    ['d', 'e'],
  ])
  assert.deepEqual(org.taken, ['a', 'b', 'c', 'd', 'e'])
})

test('lets go of a source that need not be read, since its file would stay open', async () => {
  const org = workingOrg()
  const source = Readable.from(five)
  await createBulk(org.connection)
    .resume(await uploaded(org), source)
    .run()
  assert.equal(source.destroyed, true)
})

test('reads a source again that is given for the rows that could not be sent, and for positions', async () => {
  const org = workingOrg()
  const bulk = createBulk(org.connection)
  const rows = [...five, { Name: Number.NaN }]
  for (const positions of [false, true]) {
    const first = bulk.ingest({ ...insert, maxRows: 2, positions }, positions ? five : rows)
    await first.run()
    const stored: IngestCheckpoint = JSON.parse(JSON.stringify(first.checkpoint))
    assert.deepEqual([stored.complete, stored.rejected], [true, positions ? 0 : 1])
    const uploads = org.uploads().length
    const load = bulk.resume(stored, positions ? five : rows)
    assert.deepEqual((await load.run()).rejected, positions ? 0 : 1)
    if (positions)
      assert.deepEqual(
        (await load.successful().all()).map(({ sf__Row }) => sf__Row),
        [0, 1, 2, 3, 4],
      )
    else assert.match((await load.failed().all())[0]?.sf__Error ?? '', /^INVALID_VALUE:Row 6/)
    assert.deepEqual([org.uploads().length, org.warnings], [uploads, []])
    assert.deepEqual(load.checkpoint, stored)
  }
})

test('refuses a source beside the Ids of jobs, whose rows nobody would load', async () => {
  const { connection, lines } = workingOrg()
  const message = /only waited for: .* Leave the source out, or resume from the checkpoint/
  assert.throws(() => createBulk(connection).resume(ids(1), five), { code: 'ERR_SF_CONFIG', message })
  assert.deepEqual(lines(), [])
})

test('loads the rest of what fails again and again, as long as somebody goes on', async () => {
  const org = workingOrg({ failsAfter: (job) => (job < 5 ? 1 : undefined) })
  const bulk = createBulk(org.connection)
  let load = bulk.ingest(insert, five)
  for (let job = 1; job < 5; job += 1) {
    await assert.rejects(load.run(), { code: 'ERR_SF_BULK_JOB' })
    assert.deepEqual(
      (await load.unprocessed().all()).map((row) => row.Name),
      ['a', 'b', 'c', 'd', 'e'].slice(job),
    )
    load = bulk.resume(load.checkpoint)
  }
  const { jobs, ...counts } = await load.run()
  assert.deepEqual([jobs.length, counts], [5, whole])
  assert.deepEqual(org.taken, ['a', 'b', 'c', 'd', 'e'])
  assert.deepEqual(await load.unprocessed().all(), [])
  assert.equal((await load.successful().all()).length, 5)
})

test('says how many rows of a failed job nobody accounts for', async () => {
  const org = workingOrg({ failsAfter: (job) => (job === 1 ? 2 : undefined), hides: (name) => name === 'd' })
  const bulk = createBulk(org.connection)
  const first = bulk.ingest(insert, five)
  await assert.rejects(first.run(), { code: 'ERR_SF_BULK_JOB' })
  const second = bulk.resume(first.checkpoint)
  const message = new RegExp(`^Bulk job ${one} got 5 rows, but Salesforce does not say what became of 1 of them\\.`)
  await assert.rejects(second.run(), { code: 'ERR_SF_PROTOCOL', message })
  assert.deepEqual(org.taken, ['a', 'b', 'c', 'e'])
})

for (const state of ['Failed', 'JobComplete']) {
  test(`rows of a job that ended as ${state} and has none of them are sent again`, async () => {
    const ended = { id: one, object: 'Account', operation: 'insert', state, numberRecordsProcessed: 0 }
    const org = workingOrg({
      override: (line) => {
        if (line === `PUT /jobs/ingest/${one}/batches`) return { status: 201 }
        return line === `GET /jobs/ingest/${one}` ? { body: ended } : undefined
      },
    })
    const bulk = createBulk(org.connection)
    const first = bulk.ingest(insert, five)
    await assert.rejects(first.run(), { code: state === 'JobComplete' ? 'ERR_SF_PROTOCOL' : 'ERR_SF_BULK_JOB' })
    await assert.rejects(bulk.resume(first.checkpoint).run(), { code: 'ERR_SF_CONFIG', message: /needs the source/ })
    const { jobs, ...counts } = await bulk.resume(first.checkpoint, five).run()
    assert.deepEqual([jobs.map(({ id }) => id), counts], [[two], whole])
    assert.deepEqual(org.taken, ['a', 'b', 'c', 'd', 'e'])
  })
}

test('rows of an aborted job that got them are never sent again, though its results know none of them yet', async () => {
  const ended = { id: one, object: 'Account', operation: 'insert', state: 'Aborted', numberRecordsProcessed: 0 }
  const org = workingOrg({
    override: (line) => {
      if (line === `PUT /jobs/ingest/${one}/batches`) return { status: 201 }
      return line === `GET /jobs/ingest/${one}` ? { body: ended } : undefined
    },
  })
  const bulk = createBulk(org.connection)
  const first = bulk.ingest(insert, five)
  await assert.rejects(first.run())
  await assert.rejects(bulk.resume(first.checkpoint, five).run(), { code: 'ERR_SF_PROTOCOL' })
  assert.deepEqual(org.taken, [])
})

for (const [name, isDone] of [
  ['may have begun', true],
  ['did not begin', false],
] as const) {
  test(`rows of a job that ${name} its work when it was to be closed are never sent twice`, async () => {
    let isDown = true
    let work = ''
    const org = workingOrg({
      override: (line, { body }) => {
        if (line === `GET /jobs/ingest/${one}` && isDone) {
          // A batch is at work when the job is aborted.
          return { body: { id: one, object: 'Account', operation: 'insert', state: work, numberRecordsProcessed: 0 } }
        }
        if (line.endsWith('/unprocessedrecords') && isDone) return { body: 'Name\n' }
        if (!line.startsWith('PATCH') || !isDown) return undefined
        work = JSON.parse(body).state
        return { status: 503, body: 'SERVER_UNAVAILABLE' }
      },
    })
    const bulk = createBulk(org.connection)
    const first = bulk.ingest(insert, five)
    await assert.rejects(first.run(), { code: 'ERR_SF_API' })
    const stored: IngestCheckpoint = JSON.parse(JSON.stringify(first.checkpoint))
    assert.deepEqual([stored.jobs[0]?.uploaded, stored.jobs[0]?.closing], [false, true])
    isDown = false
    const load = bulk.resume(stored, five)
    if (isDone) {
      await assert.rejects(load.run(), {
        code: 'ERR_SF_PROTOCOL',
        message: new RegExp(`^Bulk job ${one} got 5 rows, but`),
      })
    } else assert.equal((await load.run()).successful, 5)
    assert.equal(org.uploads().length, 1)
  })
}

test('rows of a job that Salesforce refused to close are sent again', async () => {
  const refused = { status: 403, body: 'REQUEST_LIMIT_EXCEEDED' }
  const org = workingOrg({
    override: (line, { body }) => (line.endsWith(one) && body.includes('UploadComplete') ? refused : undefined),
  })
  const first = createBulk(org.connection).ingest(insert, five)
  await assert.rejects(first.run(), { code: 'ERR_SF_API' })
  assert.equal(first.checkpoint.jobs[0]?.closing, undefined)
  assert.equal((await createBulk(org.connection).resume(first.checkpoint, five).run()).successful, 5)
  assert.equal(org.uploads().length, 2)
})

test('a job that is still open is aborted and its rows are sent again', async () => {
  const org = workingOrg()
  const dead = mortal(org.connection, false)
  let stored: IngestCheckpoint | undefined
  const onCheckpoint = (given: IngestCheckpoint): void => {
    stored ??= given
    dead.endsAfter(1)
  }
  await assert.rejects(
    createBulk(dead.connection)
      .ingest({ ...insert, onCheckpoint }, five)
      .run(),
    { message: 'the process is gone' },
  )
  const load = createBulk(org.connection).resume(stored as IngestCheckpoint, five)
  assert.equal((await load.run()).rows, 5)
  const aborted = org.sent.filter(({ body }) => body.includes('Aborted'))
  assert.deepEqual(
    aborted.map(({ line }) => line),
    [`PATCH /jobs/ingest/${one}`],
  )
  assert.deepEqual(org.uploads(), [[], ['a', 'b', 'c', 'd', 'e']])
})

test('a job that was open and has ended by the time that it is aborted counts as it ended', async () => {
  const insertOne = { id: one, object: 'Account', operation: 'insert' } as const
  let looks = 0
  const org = workingOrg({
    override: (line, { body }) => {
      if (line.startsWith('PATCH') && body.includes('Aborted')) return { status: 400, body: 'INVALIDJOBSTATE' }
      // At the first look the end of the upload is still on its way.
      looks += line === `GET /jobs/ingest/${one}` ? 1 : 0
      return looks === 1 && line.startsWith('GET') ? { body: { ...insertOne, state: 'Open' } } : undefined
    },
  })
  const first = createBulk(org.connection).ingest(insert, five)
  await first.upload()
  const jobs = first.checkpoint.jobs.map((job) => ({ ...job, uploaded: false }))
  const load = createBulk(org.connection).resume({ ...first.checkpoint, complete: false, jobs }, five)
  const { jobs: _, ...counts } = await load.run()
  assert.deepEqual(counts, whole)
  assert.deepEqual(org.taken, ['a', 'b', 'c', 'd', 'e'])
})

test('rows of a job that was never uploaded need the source, which is said before anything is changed', async () => {
  const open = { id: one, state: 'Open', object: 'Account', operation: 'insert' }
  const org = workingOrg({ override: (line) => (line === `GET /jobs/ingest/${one}` ? { body: open } : undefined) })
  const checkpoint = await uploaded(org)
  const before = org.lines().length
  await assert.rejects(createBulk(org.connection).resume(checkpoint).run(), {
    code: 'ERR_SF_CONFIG',
    message: `The rows of bulk job ${one} were never uploaded; resuming needs the source: bulk.resume(checkpoint, source).`,
  })
  const sent = org.lines().slice(before)
  assert.ok(sent.length === 3 && sent.every((line) => line.startsWith('GET')))
})

test('nobody can tell what became of the rows of a job that is gone', async () => {
  const org = workingOrg({
    override: (line) => (line === `GET /jobs/ingest/${two}` ? { status: 404, body: 'NOT_FOUND' } : undefined),
  })
  const checkpoint = await uploaded(org)
  const bulk = createBulk(org.connection)
  const message = new RegExp(`Bulk job ${two} is gone .* what became of the rows 3 to 4\\. Look in the org`)
  await assert.rejects(bulk.resume(checkpoint, five).run(), (error) => {
    assert.ok(error instanceof NotFoundError)
    assert.match(error.message, message)
    return true
  })
  const without = { ...checkpoint, jobs: checkpoint.jobs.filter(({ id }) => id !== two) }
  assert.throws(() => bulk.resume(without), { code: 'ERR_SF_CONFIG', message: /needs the source/ })
  const { rejected: _, ...old } = without
  for (const taken of [without, old]) {
    const { jobs: __, ...counts } = await bulk.resume(taken, five).run()
    assert.deepEqual(counts, whole)
    assert.deepEqual(org.uploads().at(-1), ['c', 'd'])
  }
})

test('a job that is gone and never had its rows is made again where twice does no harm', async () => {
  const org = workingOrg({
    override: (line) => (line === `GET /jobs/ingest/${one}` ? { status: 404, body: 'NOT_FOUND' } : undefined),
  })
  const upsert = { object: 'Account', operation: 'upsert', externalIdField: 'Name' } as const
  const load = createBulk(org.connection).ingest(upsert, five)
  await load.upload()
  const jobs = load.checkpoint.jobs.map((job) => ({ ...job, uploaded: false }))
  assert.equal(
    (
      await createBulk(org.connection)
        .resume({ ...load.checkpoint, jobs }, five)
        .run()
    ).successful,
    5,
  )
})

const names = Array.from({ length: 23 }, (_, index) => `n${index}`)

test('loads each row once, whatever fails and however often the process ends', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.boolean()), { maxLength: 6 }),
      fc.array(fc.option(fc.integer({ min: 0, max: 4 })), { maxLength: 8 }),
      fc.uniqueArray(fc.constantFrom(...names)),
      fc.record({
        maxRows: fc.integer({ min: 1, max: 9 }),
        jobsInFlight: fc.integer({ min: 1, max: 3 }),
        concurrencyMode: fc.constantFrom('parallel', 'serial'),
        retryLockedRows: fc.integer({ min: 1, max: 2 }),
      }),
      async (deaths, failures, locked, options) => {
        const org = workingOrg({
          isLocked: (name, time) => time === 1 && locked.includes(name),
          failsAfter: (job) => failures[job - 1] ?? undefined,
        })
        const rows = names.map((Name) => ({ Name }))
        let stored: IngestCheckpoint = {
          version: 1,
          options: { ...insert, ...options } as never,
          complete: false,
          jobs: [],
        }
        for (let turn = 0; turn < 40; turn += 1) {
          const [request, answerLost] = deaths[turn] ?? [Number.POSITIVE_INFINITY, false]
          const process = mortal(org.connection, answerLost)
          process.endsAfter(request)
          const onCheckpoint = (checkpoint: IngestCheckpoint): void => {
            if (process.isAlive) stored = JSON.parse(JSON.stringify(checkpoint))
          }
          const load = createBulk(process.connection).resume(stored, rows, { onCheckpoint })
          const summary = await load.run().catch((error: Error) => error)
          if (summary instanceof Error) {
            assert.match(summary.message, /the process is gone|failed; Salesforce gave no reason/)
            continue
          }
          const { jobs: _, ...counts } = summary
          const all = { rows: 23, processed: 23, successful: 23, failed: 0, rejected: 0, unprocessed: 0 }
          assert.deepEqual(counts, all)
          assert.deepEqual(org.taken.toSorted(), names.toSorted())
          const later = createBulk(org.connection).resume(load.checkpoint)
          const took = await later.successful().all()
          assert.deepEqual(took.map((row) => row.Name).toSorted(), names.toSorted())
          assert.deepEqual(await later.failed().all(), [])
          assert.deepEqual(await later.unprocessed().all(), [])
          return
        }
        assert.fail('never came to an end')
      },
    ),
    { numRuns: 100 },
  )
})
