import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emulatedLoads } from '../support/emulated-org.ts'

const { emulator, salesforce } = await emulatedLoads()

/** How often each road was taken since the last time, Ids aside. */
function roads(): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { method, path } of emulator.requests().slice(seen)) {
    const road = `${method} ${path.replace(/^\/services\/data\/v[\d.]+/, '').replace(/\/750\w+/, '/{id}')}`
    counts[road] = (counts[road] ?? 0) + 1
  }
  seen = emulator.requests().length
  return counts
}
let seen = 0

const insert = { object: 'Account', operation: 'insert', maxRows: 10 } as const

test('costs no more calls a job than create, upload, UploadComplete, looks and the results that have rows', async () => {
  await salesforce.limits()
  for (const retryLockedRows of [0, 1]) {
    roads()
    const rows = Array.from({ length: 30 }, (_, index) => ({ Name: index % 10 === 9 ? '' : `calls ${index}` }))
    const load = salesforce.bulk.ingest({ ...insert, retryLockedRows }, rows)
    const { jobs, successful, failed } = await load.run()
    assert.deepEqual([jobs.length, successful, failed], [3, 27, 3])
    assert.equal((await load.successful().all()).length, 27)
    assert.equal((await load.failed().all()).length, 3)
    assert.equal((await load.unprocessed().all()).length, 0)
    assert.deepEqual(roads(), {
      'POST /jobs/ingest': 3,
      'PUT /jobs/ingest/{id}/batches': 3,
      'PATCH /jobs/ingest/{id}': 3,
      'GET /jobs/ingest/{id}': 3,
      'GET /jobs/ingest/{id}/successfulResults': 3,
      // A second pass looks for locked rows among those that failed.
      'GET /jobs/ingest/{id}/failedResults': 3 * (1 + retryLockedRows),
    })
  }
})

test('costs one call for a CSV of which no job has a row, and one a job for the others', async () => {
  const load = salesforce.bulk.ingest(
    insert,
    Array.from({ length: 30 }, (_, index) => ({ Name: `csv ${index}` })),
  )
  await load.run()
  roads()
  for (const kind of ['successful', 'failed', 'unprocessed'] as const) {
    for await (const _ of load[kind]().csv()) {
      // Only the calls count.
    }
  }
  assert.deepEqual(roads(), {
    'GET /jobs/ingest/{id}/successfulResults': 3,
    'GET /jobs/ingest/{id}/failedResults': 1,
    'GET /jobs/ingest/{id}/unprocessedrecords': 1,
  })
})
