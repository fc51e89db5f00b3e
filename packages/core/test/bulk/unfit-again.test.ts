import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import { insert } from './scripted-ingest-org.ts'
import { type Plan, workingOrg } from './working-org.ts'

// Written anew, ` ab` gets quotes and does not fit into a job of ten bytes any more.
const csv = 'Name\nx\n ab\ny\n'
const options = { ...insert, maxBytes: 10 }
type Load = ReturnType<ReturnType<typeof createBulk>['ingest']>

async function streams(load: Load): Promise<unknown[][]> {
  const names = (rows: readonly Readonly<Record<string, unknown>>[]) => rows.map(({ Name }) => Name)
  return [
    names(await load.successful().all()),
    names(await load.failed().all()),
    names(await load.unprocessed().all()),
  ].map((rows) => rows.toSorted())
}

test('a locked row that does not fit into a job any more stays failed, and is counted and told once', async () => {
  for (const retryLockedRows of [1, 3]) {
    const { connection, uploads, warnings } = workingOrg({ isLocked: (_name, time) => time === 1 })
    const load = createBulk(connection).ingest({ ...options, retryLockedRows }, csv)
    const { jobs: _, ...counts } = await load.run()
    assert.deepEqual(counts, { rows: 3, processed: 3, successful: 2, failed: 1, rejected: 0, unprocessed: 0 })
    assert.deepEqual(uploads(), [['x'], [' ab'], ['y'], ['x'], ['y']])
    assert.deepEqual(await streams(load), [['x', 'y'], [' ab'], []])
    assert.match((await load.failed().all())[0]?.sf__Error ?? '', /^UNABLE_TO_LOCK_ROW/)
    assert.deepEqual(warnings, [
      'A bulk load does not send 1 row again, too large for maxBytes (10) when written anew.',
    ])
  }
})

test('a row that a job never came to and that does not fit any more stays unprocessed', async () => {
  const plan: Plan = { failsAfter: (job) => (job === 1 ? 0 : undefined) }
  const { connection, uploads, warnings } = workingOrg(plan)
  const input = 'Name,Site,Phone\n a, b, c\nx,,\n'
  const first = createBulk(connection).ingest({ ...options, maxBytes: 29 }, input)
  await assert.rejects(first.run(), { code: 'ERR_SF_BULK_JOB' })
  let { checkpoint } = first
  for (let time = 1; time <= 2; time += 1) {
    const load = createBulk(connection).resume(JSON.parse(JSON.stringify(checkpoint)))
    await assert.rejects(load.run(), { code: 'ERR_SF_BULK_JOB' })
    const counts = { rows: 2, processed: 1, successful: 1, failed: 0, rejected: 0, unprocessed: 1 }
    assert.deepEqual(load.counts, counts)
    assert.deepEqual(await streams(load), [['x'], [], [' a']])
    checkpoint = load.checkpoint
  }
  assert.deepEqual(uploads(), [[' a, b, c', 'x,,'], ['x,,']])
  assert.equal(warnings.filter((warning) => warning.includes('maxBytes (29)')).length, 2)
})
