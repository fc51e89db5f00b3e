import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { test } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import type { CheckpointJob, IngestCheckpoint } from '../../src/bulk/checkpoint.ts'
import { settled } from './scripted-connection.ts'
import { five, insert } from './scripted-ingest-org.ts'
import { workingOrg } from './working-org.ts'

const [one, two, three] = ['750000000000001', '750000000000002', '750000000000003'] as const
const options = { ...insert, maxRows: 2, jobsInFlight: 1 }

test('is told before the first row of a job is sent, before the job is closed, when it is, and at the end of the input', async () => {
  const org = workingOrg()
  const told: { readonly after: string | undefined; readonly checkpoint: IngestCheckpoint }[] = []
  const onCheckpoint = (checkpoint: IngestCheckpoint): void => {
    told.push({ after: org.lines().at(-1), checkpoint: JSON.parse(JSON.stringify(checkpoint)) })
  }
  await createBulk(org.connection)
    .ingest({ ...options, maxRows: 3, onCheckpoint }, five)
    .upload()
  const job = (id: string, from: number, to: number, uploaded: boolean): CheckpointJob => ({
    id,
    uploaded,
    range: { from, to },
    rows: to - from,
    check: id === one ? '9c27e20b' : 'a5dec290',
  })
  const closing = { closing: true }
  assert.deepEqual(
    told.map(({ after, checkpoint: { jobs, complete, rows } }) => [after, jobs, complete, rows]),
    [
      ['POST /jobs/ingest', [job(one, 0, 3, false)], false, undefined],
      [`PUT /jobs/ingest/${one}/batches`, [{ ...job(one, 0, 3, false), ...closing }], false, undefined],
      [`PATCH /jobs/ingest/${one}`, [job(one, 0, 3, true)], false, undefined],
      ['POST /jobs/ingest', [job(one, 0, 3, true), job(two, 3, 5, false)], false, undefined],
      [
        `PUT /jobs/ingest/${two}/batches`,
        [job(one, 0, 3, true), { ...job(two, 3, 5, false), ...closing }],
        false,
        undefined,
      ],
      [`PATCH /jobs/ingest/${two}`, [job(one, 0, 3, true), job(two, 3, 5, true)], false, undefined],
      [`PATCH /jobs/ingest/${two}`, [job(one, 0, 3, true), job(two, 3, 5, true)], true, 5],
    ],
  )
  const { checkpoint } = told[0] as (typeof told)[number]
  assert.deepEqual([checkpoint.version, checkpoint.columns], [1, ['Name']])
  assert.equal(checkpoint.options?.maxRows, 3)
})

for (const call of [1, 2, 3]) {
  test(`one that is never stored, the ${['first', 'second', 'third'][call - 1]}, holds up neither the signal nor close()`, async () => {
    for (const way of ['signal', 'close']) {
      const end = new AbortController()
      const org = workingOrg()
      const connection = way === 'close' ? { ...org.connection, closing: end.signal } : org.connection
      let calls = 0
      const onCheckpoint = (): Promise<void> | undefined => (++calls === call ? new Promise(() => {}) : undefined)
      const own = way === 'signal' ? { signal: end.signal } : {}
      const ended = createBulk(connection)
        .ingest({ ...options, onCheckpoint }, five, own)
        .run()
      ended.catch(() => {})
      await settled()
      end.abort(new Error('enough'))
      await assert.rejects(Promise.race([ended, settled()]), { message: 'enough' })
      assert.equal(getEventListeners(end.signal, 'abort').length, 0)
      // By the third one the job has its rows, and ends by itself.
      assert.equal(
        org.sent.some(({ body }) => body === '{"state":"Aborted"}'),
        call < 3,
      )
    }
  })
}

test('none is stored any more once the load is ended, though some wait for their turn', async () => {
  const end = new AbortController()
  const org = workingOrg()
  const stored = Promise.withResolvers<void>()
  let calls = 0
  const onCheckpoint = (): Promise<void> => {
    calls += 1
    return stored.promise
  }
  const ended = createBulk(org.connection)
    .ingest({ ...options, maxRows: 1, jobsInFlight: 3, onCheckpoint }, five, { signal: end.signal })
    .run()
  ended.catch(() => {})
  await settled()
  end.abort(new Error('enough'))
  await assert.rejects(ended, { message: 'enough' })
  stored.resolve()
  await settled()
  assert.equal(calls, 1)
})

test('is the same as JSON where a limit is none', async () => {
  const org = workingOrg()
  const load = createBulk(org.connection).ingest({ ...options, waitTimeout: Number.POSITIVE_INFINITY }, five)
  await load.upload()
  const stored: IngestCheckpoint = JSON.parse(JSON.stringify(load.checkpoint))
  assert.deepEqual(stored, load.checkpoint)
  assert.equal((await createBulk(org.connection).resume(stored).run()).rows, 5)
})

test('holds neither rows nor headers of calls', async () => {
  const org = workingOrg()
  const headers = { 'x-key': 'very secret' }
  const load = createBulk(org.connection).ingest(insert, [{ Name: 'confidential' }], { headers })
  await load.run()
  assert.doesNotMatch(JSON.stringify(load.checkpoint), /secret|confidential/)
})

test('is stored before the load goes on, one at a time', async () => {
  const org = workingOrg()
  let storing = 0
  const onCheckpoint = async (): Promise<void> => {
    storing += 1
    assert.equal(storing, 1)
    const before = org.lines().filter((line) => line.startsWith('PUT')).length
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    assert.ok(org.lines().filter((line) => line.startsWith('PUT')).length <= before + 1)
    storing -= 1
  }
  await createBulk(org.connection)
    .ingest({ ...insert, maxRows: 1, jobsInFlight: 2, onCheckpoint }, five)
    .run()
  assert.deepEqual(org.taken.toSorted(), ['a', 'b', 'c', 'd', 'e'])
})

test('that cannot be stored ends the load, and the job that it was about is aborted', async () => {
  const org = workingOrg()
  const onCheckpoint = async (): Promise<void> => {
    throw new Error('disk full')
  }
  await assert.rejects(
    createBulk(org.connection)
      .ingest({ ...options, onCheckpoint }, five)
      .run(),
    { message: 'disk full' },
  )
  assert.deepEqual(org.lines(), ['POST /jobs/ingest', `PATCH /jobs/ingest/${one}`])
  assert.match(org.sent[1]?.body ?? '', /Aborted/)
  assert.deepEqual(org.warnings, [
    `A bulk load broke off. It has the bulk job ${one}. bulk.resume(load.checkpoint, source) completes the load.`,
  ])
})

test('does not take a source that was left for one that has ended', async () => {
  const org = workingOrg({ failsAfter: (job) => (job === 1 ? 1 : undefined) })
  const failed = Promise.withResolvers<void>()
  async function* rows(): AsyncGenerator<{ Name: string }> {
    yield* five.slice(0, 3)
    await failed.promise
    yield* five.slice(3)
  }
  const load = createBulk(org.connection).ingest({ ...options, columns: ['Name'] }, rows())
  await assert.rejects(load.run(), { code: 'ERR_SF_BULK_JOB' })
  failed.resolve()
  assert.equal(load.checkpoint.complete, false)
  const { jobs: _, ...counts } = await createBulk(org.connection).resume(load.checkpoint, five).run()
  assert.deepEqual(counts, { rows: 5, processed: 5, successful: 5, failed: 0, rejected: 0, unprocessed: 0 })
  assert.deepEqual(org.taken.toSorted(), ['a', 'b', 'c', 'd', 'e'])
})

test('has nothing sent of a source that is left before it is known to be the same', async () => {
  const org = workingOrg()
  const stop = new AbortController()
  async function* rows(): AsyncGenerator<{ Name: string }> {
    yield* five.slice(0, 4)
    stop.abort(new Error('enough'))
    await settled()
    yield* five.slice(4)
  }
  const load = createBulk(org.connection).ingest({ ...options, columns: ['Name'] }, five)
  await load.upload()
  const jobs = load.checkpoint.jobs.filter(({ id }) => id !== two)
  const before = org.lines().length
  const checkpoint = { ...load.checkpoint, complete: false, jobs }
  const resumed = createBulk(org.connection).resume(checkpoint, rows(), { signal: stop.signal })
  await assert.rejects(resumed.run(), { message: 'enough' })
  assert.ok(!org.lines().slice(before).includes('POST /jobs/ingest'))
  assert.equal(resumed.checkpoint.complete, false)
})

test('is that of the beginning where nothing has been loaded', async () => {
  const org = workingOrg()
  const { checkpoint } = createBulk(org.connection).ingest(options, five)
  assert.deepEqual([checkpoint.jobs, checkpoint.complete], [[], false])
  assert.equal((await createBulk(org.connection).resume(checkpoint, five).run()).rows, 5)
})

const job = { id: one, uploaded: true, range: { from: 0, to: 2 }, rows: 2 }
const good: IngestCheckpoint = { version: 1, options, columns: ['Name'], complete: true, rows: 5, jobs: [job] }
const wrong: [name: string, checkpoint: unknown, message: RegExp][] = [
  [
    'of another version',
    { ...good, version: 2 },
    /^checkpoint\.version is 2, but this client reads version 1\. Resume/,
  ],
  ['that is text', JSON.stringify(good), /^The Id of the bulk job must be an Id of 15 or 18 .* but is a text/],
  ['with a stranger in it', { ...good, job: 1 }, /^checkpoint has no option 'job'/],
  ['without its jobs', { ...good, jobs: undefined }, /^checkpoint\.jobs must be a list of jobs, but is undefined/],
  ['without columns', { ...good, columns: undefined }, /^checkpoint\.columns must be a list of names/],
  ['without its end', { ...good, rows: undefined }, /^checkpoint\.rows must be a whole number of 2 or more/],
  ['with a wrong flag', { ...good, jobs: [{ ...job, closing: 1 }] }, /^checkpoint\.jobs\[0\]\.closing must be/],
  ['with a wrong count', { ...good, rejected: -1 }, /^checkpoint\.rejected must be a whole number of 0 or more/],
  ['that ends too early', { ...good, rows: 1 }, /^checkpoint\.rows must be a whole number of 2 or more, but is 1/],
  ['half of it', { ...good, complete: false, options: undefined }, /^checkpoint\.options is missing/],
  ['whose options are wrong', { ...good, options: { ...options, maxRows: 0 } }, /^maxRows must be/],
  ['whose options are strange', { ...good, options: { ...options, x: 0 } }, /^checkpoint\.options has no option 'x'/],
  ['with a wrong Id', { ...good, jobs: [{ ...job, id: '1' }] }, /^checkpoint\.jobs\[0\]\.id must be an Id/],
  ['without a range', { ...good, jobs: [{ ...job, range: undefined }] }, /^checkpoint\.jobs\[0\]\.range must be/],
  [
    'with an empty range',
    { ...good, jobs: [{ ...job, range: { from: 1, to: 1 } }] },
    /^checkpoint\.jobs\[0\]\.range\.to/,
  ],
  [
    'with too many rows',
    { ...good, jobs: [{ ...job, rows: 3 }] },
    /^checkpoint\.jobs\[0\]\.rows .* from 1 to 2, but is 3/,
  ],
  ['with a wrong check', { ...good, jobs: [{ ...job, check: 1 }] }, /^checkpoint\.jobs\[0\]\.check must be/],
  ['with a job twice', { ...good, jobs: [job, job] }, /^Bulk job 750000000000001 is in the checkpoint twice/],
  ['with a row twice', { ...good, jobs: [job, { ...job, id: two }] }, /^Two jobs of the checkpoint took row 1\./],
  [
    'with a wrong follower',
    { ...good, jobs: [{ ...job, follows: two }] },
    /^Bulk job 750000000000001 follows 750000000000002/,
  ],
  [
    'of a job by its Id alone with a wrong range',
    { version: 1, complete: true, jobs: [{ id: one, uploaded: true, range: null }] },
    /^checkpoint\.jobs\[0\]\.range must be the positions of rows/,
  ],
  ['with a list of wrong Ids', ['1'], /^The Ids of the bulk jobs\[0\] must be an Id/],
  ['with an Id twice', [one, `${one}AAA`], /^The Ids of the bulk jobs must be .* each of them once, but is a list/],
]
for (const [name, checkpoint, message] of wrong) {
  test(`a checkpoint ${name} is refused at once`, () => {
    const { connection } = workingOrg()
    const resume = () => createBulk(connection).resume(checkpoint as IngestCheckpoint, five)
    assert.throws(resume, { code: 'ERR_SF_CONFIG', message })
  })
}

test('a checkpoint of a part of the input is refused without the source', () => {
  const { connection } = workingOrg()
  const message = /^The input of this load is not in jobs as a whole; resuming needs the source/
  assert.throws(() => createBulk(connection).resume({ ...good, complete: false }), { code: 'ERR_SF_CONFIG', message })
})

for (const [name, source, message] of [
  ['other columns', five.map(({ Name }) => ({ Phone: Name })), /^The source has the columns Phone, but .* has Name\./],
  [
    'more columns',
    five.map((row) => ({ ...row, Site: 1 })),
    /^The source has the columns Name, Site, but .* has Name\./,
  ],
  [
    'too few rows',
    [{ Name: 'a' }, { Name: 'b' }, { Name: 'c' }],
    /^The source has only 3 rows, but .* took rows up to 5\./,
  ],
  ['no rows', [], /^The source has only 0 rows, but the jobs of the checkpoint took rows up to 5\./],
] as const) {
  test(`nothing is sent of a source with ${name}`, async () => {
    const org = workingOrg()
    const load = createBulk(org.connection).ingest(options, five)
    await load.upload()
    const jobs = load.checkpoint.jobs.filter(({ id }) => id !== two)
    const checkpoint = { ...load.checkpoint, complete: false, jobs }
    const before = org.lines().length
    for (const input of [source, rowsOf<object>(source), csvOf(source)]) {
      await assert.rejects(createBulk(org.connection).resume(checkpoint, input).run(), {
        code: 'ERR_SF_CONFIG',
        message,
      })
    }
    assert.deepEqual([...new Set(org.lines().slice(before))], [`GET /jobs/ingest/${one}`, `GET /jobs/ingest/${three}`])
  })
}

for (const [name, missing, other, took] of [
  ['in another order', two, five.toReversed(), `${one} took the rows 1 to 2,`],
  ['whose first row of a job is another one', two, five.with(0, { Name: 'x' }), `${one} took the rows 1 to 2,`],
  ['whose last row of a job is another one', three, five.with(3, { Name: 'x' }), `${two} took the rows 3 to 4,`],
  ['that differs after the rows to send', two, five.with(4, { Name: 'x' }), `${three} took the rows 5 to 5,`],
] as const) {
  test(`nothing is sent of a source ${name}, unless the checkpoint does not know`, async () => {
    const org = workingOrg()
    const load = createBulk(org.connection).ingest({ ...options, jobsInFlight: 4 }, five)
    await load.upload()
    const jobs = load.checkpoint.jobs.filter(({ id }) => id !== missing)
    const checkpoint: IngestCheckpoint = JSON.parse(JSON.stringify({ ...load.checkpoint, complete: false, jobs }))
    const before = org.lines().length
    for (const input of [other, rowsOf<object>(other), csvOf(other)]) {
      await assert.rejects(createBulk(org.connection).resume(checkpoint, input).run(), (error: Error) => {
        assert.match(
          error.message,
          new RegExp(`^Bulk job ${took} but the source has other rows there now\\. .* ORDER BY`),
        )
        return true
      })
    }
    assert.deepEqual(
      [
        ...new Set(
          org
            .lines()
            .slice(before)
            .map((line) => line.split(' ')[0]),
        ),
      ],
      ['GET'],
    )
    const old = { ...checkpoint, jobs: jobs.map(({ check: _, ...entry }) => entry) }
    assert.equal((await createBulk(org.connection).resume(old, other).run()).rows, 5)
  })
}

for (const [name, operation, missing, own, warned] of [
  ['that inserts rows without an onCheckpoint', 'insert', two, false, true],
  ['that inserts rows with an onCheckpoint', 'insert', two, true, false],
  ['that upserts rows', 'upsert', two, false, false],
  ['that sends nothing', 'insert', 'none', false, false],
] as const) {
  test(`a load that goes on, ${name}, ${warned ? 'warns' : 'does not warn'} that its checkpoint is used up`, async () => {
    const org = workingOrg()
    const load = createBulk(org.connection).ingest({ ...options, operation, externalIdField: 'Name' }, five)
    await load.upload()
    const jobs = load.checkpoint.jobs.filter(({ id }) => id !== missing)
    const checkpoint = { ...load.checkpoint, complete: jobs.length === 3, jobs }
    const call = own ? { onCheckpoint: () => {} } : {}
    await createBulk(org.connection).resume(checkpoint, five, call).run()
    assert.equal(org.warnings.length, warned ? 1 : 0)
    if (warned) assert.match(org.warnings[0] as string, /^bulk\.resume inserts rows without onCheckpoint\. .* used up/)
  })
}

test('a load that goes on with rows that a failed job never came to warns as well', async () => {
  const org = workingOrg({ failsAfter: (job) => (job === 1 ? 1 : undefined) })
  const load = createBulk(org.connection).ingest({ ...options, maxRows: 5 }, five)
  await assert.rejects(load.run(), { code: 'ERR_SF_BULK_JOB' })
  await createBulk(org.connection).resume(load.checkpoint).run()
  assert.match(org.warnings.join(), /^bulk\.resume inserts rows without onCheckpoint\./)
})

async function* rowsOf<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows
}

function csvOf(rows: readonly object[]): string {
  const columns = Object.keys(rows[0] ?? { Name: '' })
  return [columns.join(','), ...rows.map((row) => Object.values(row).join(',')), ''].join('\n')
}

test('a CSV with malformed rows is completed, and its rejected rows counted once', async () => {
  const org = workingOrg()
  const csv = 'Name,Site\na,1\n"b"x,2\nc,3\nd,4\n"e"x,5\nf,6\n'
  const load = createBulk(org.connection).ingest(options, csv)
  await load.upload()
  const jobs = load.checkpoint.jobs.filter(({ id }) => id !== one)
  const resumed = createBulk(org.connection).resume({ ...load.checkpoint, complete: false, jobs }, csv)
  const { jobs: _, ...counts } = await resumed.run()
  assert.deepEqual(counts, { rows: 6, processed: 4, successful: 4, failed: 2, rejected: 2, unprocessed: 0 })
  assert.equal(resumed.rejected.length, 2)
  assert.deepEqual(org.uploads().at(-1), ['a,1', 'c,3'])
  const again = createBulk(org.connection).resume(resumed.checkpoint)
  assert.deepEqual((await again.run()).rejected, 2)
})
