import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import type { IngestCheckpoint } from '../../src/bulk/checkpoint.ts'
import type { BulkProgress } from '../../src/bulk/progress.ts'
import { five, insert } from './scripted-ingest-org.ts'
import { mortal, workingOrg } from './working-org.ts'

const once =
  (...names: string[]) =>
  (name: string, time: number) =>
    time === 1 && names.includes(name)

test('loads locked rows again once all jobs have ended, and counts each row once', async () => {
  const org = workingOrg({ isLocked: once('a', 'd'), isRefused: (name) => name === 'b' })
  const load = createBulk(org.connection).ingest({ ...insert, maxRows: 2 }, five)
  const { jobs, ...counts } = await load.run()
  assert.deepEqual(org.uploads(), [['a', 'b'], ['c', 'd'], ['e'], ['a', 'd']])
  assert.equal(jobs.length, 4)
  assert.deepEqual(counts, { rows: 5, processed: 5, successful: 4, failed: 1, rejected: 0, unprocessed: 0 })
  assert.deepEqual(org.taken, ['c', 'e', 'a', 'd'])
  assert.deepEqual(
    (await load.failed().all()).map((row) => row.Name),
    ['b'],
  )
  assert.deepEqual(
    (await load.successful().all()).map((row) => row.Name),
    ['c', 'e', 'a', 'd'],
  )
})

test('the jobs of a second pass begin one after the end of the other', async () => {
  const org = workingOrg({ isLocked: (_name, time) => time === 1 })
  await createBulk(org.connection)
    .ingest({ ...insert, maxRows: 3 }, five)
    .run()
  const lines = org.lines()
  const third = lines.lastIndexOf('PUT /jobs/ingest/750000000000003/batches')
  const ended = lines.indexOf('GET /jobs/ingest/750000000000003')
  const fourth = lines.indexOf('PUT /jobs/ingest/750000000000004/batches')
  assert.ok(third > 0 && third < ended && ended < fourth, lines.join('\n'))
})

test('rows that stay locked are failed rows, however many passes there were', async () => {
  for (const retryLockedRows of [0, 1, 2]) {
    const org = workingOrg({ isLocked: (name, time) => name === 'a' || (name === 'b' && time <= 2) })
    const load = createBulk(org.connection).ingest({ ...insert, retryLockedRows }, five)
    const { failed, successful } = await load.run()
    const left = retryLockedRows === 2 ? ['a'] : ['a', 'b']
    assert.deepEqual([failed, successful], [left.length, 5 - left.length])
    assert.equal(load.jobs.length, 1 + retryLockedRows)
    assert.deepEqual(
      (await load.failed().all()).map((row) => row.Name),
      left,
    )
    const csv = await text(load.failed().csv())
    assert.equal(csv.trim().split('\n').length, 1 + left.length)
  }
})

test('sends the cells of a locked row as they were, empty ones and #N/A too', async () => {
  const org = workingOrg({ isLocked: once('a') })
  const row = { Name: 'a', Phone: null, Site: undefined, Owner: { Code__c: 'x y' }, Kinds__c: ['p', 'q'] }
  await createBulk(org.connection)
    .ingest({ ...insert, rename: { Site: 'Site__c' } }, [row])
    .run()
  const [first, second] = org.uploads()
  assert.deepEqual(first, ['a,#N/A,,x y,p;q'])
  assert.deepEqual(second, first)
  const uploads = org.sent.filter(({ line }) => line.startsWith('PUT'))
  assert.equal(uploads[1]?.body, uploads[0]?.body)
})

test('renames the columns of a locked row once', async () => {
  const org = workingOrg({ isLocked: once('a') })
  const rename = { Title: 'Name', Name: 'Site' }
  await createBulk(org.connection)
    .ingest({ ...insert, rename }, [{ Title: 'a', Name: 'b' }])
    .run()
  const uploads = org.sent.filter(({ line }) => line.startsWith('PUT'))
  assert.deepEqual(
    uploads.map(({ body }) => body),
    ['Name,Site\na,b\n', 'Name,Site\na,b\n'],
  )
})

test('asks for no failed rows where none have failed', async () => {
  const org = workingOrg()
  await createBulk(org.connection).ingest(insert, five).run()
  assert.ok(!org.lines().some((line) => line.endsWith('failedResults')))
})

test('a second pass that is interrupted is completed from the checkpoint, each row once', async () => {
  for (let request = 1; request <= 18; request += 1) {
    for (const answerLost of [false, true]) {
      const org = workingOrg({ isLocked: (_name, time) => time === 1 })
      const process = mortal(org.connection, answerLost)
      let stored: IngestCheckpoint | undefined
      const onCheckpoint = (checkpoint: IngestCheckpoint): void => {
        if (process.isAlive) stored = JSON.parse(JSON.stringify(checkpoint))
        if (checkpoint.complete) process.endsAfter(request)
      }
      const options = { ...insert, maxRows: 2, jobsInFlight: 1, onCheckpoint }
      const first = createBulk(process.connection).ingest(options, five)
      await assert.rejects(first.run(), { message: 'the process is gone' }, `${request}`)
      const load = createBulk(org.connection).resume(stored as IngestCheckpoint)
      const { jobs: _, ...counts } = await load.run()
      assert.deepEqual(counts, { rows: 5, processed: 5, successful: 5, failed: 0, rejected: 0, unprocessed: 0 })
      assert.deepEqual(org.taken.toSorted(), ['a', 'b', 'c', 'd', 'e'], `${request}`)
      assert.deepEqual(await load.failed().all(), [])
    }
  }
})

test('tells second passes as a phase of its own, in which no number goes back', async () => {
  const most: Record<string, number> = { a: 3, b: 2, c: 2 }
  const org = workingOrg({ isLocked: (name, time) => time < (most[name] ?? 1) })
  const options = { ...insert, columns: ['Name'], maxRows: 2, retryLockedRows: 2 }
  const load = createBulk(org.connection).ingest(options, five)
  const news: BulkProgress[] = []
  load.on('progress', (progress) => news.push(progress))
  await load.run()
  const told = (phase: string) =>
    news.filter((one) => one.phase === phase).map(({ rows, total }) => [rows, total] as const)
  assert.deepEqual(told('processing').at(-1), [5, 5])
  const again = told('retrying')
  assert.deepEqual(
    news.slice(-again.length).map(({ phase }) => phase),
    again.map(() => 'retrying'),
  )
  assert.deepEqual(again, [
    // a and b; the part after a first one is read while Salesforce works on that
    [0, undefined],
    [2, 3],
    // c
    [2, 3],
    [3, 3],
    // a once more
    [3, 4],
    [4, 4],
  ])
})

test('sends the locked rows of a CSV with its line endings', async () => {
  const org = workingOrg({ isLocked: once('a') })
  await createBulk(org.connection).ingest(insert, 'Name,Site\r\na,1\r\nb,2\r\n').run()
  const bodies = (method: string): string[] =>
    org.sent.filter(({ line }) => line.startsWith(method)).map(({ body }) => body)
  assert.deepEqual(bodies('PUT'), ['Name,Site\r\na,1\r\nb,2\r\n', 'Name,Site\r\na,1\r\n'])
  assert.deepEqual(
    bodies('POST').map((body) => JSON.parse(body).lineEnding),
    ['CRLF', 'CRLF'],
  )
})
