import assert from 'node:assert/strict'
import { test } from 'node:test'
import { IngestLedger, type Load } from '../../src/bulk/ingest-ledger.ts'
import type { IngestJob } from '../../src/bulk/job.ts'

function load(id: string, from: number, to: number, more: Partial<Load> = {}): Load {
  const job = { id, state: 'JobComplete', numberRecordsProcessed: to - from } as unknown as IngestJob
  return { job, uploaded: true, pass: 0, range: { from, to }, rows: to - from, ...more }
}

test('keeps jobs in the order of the input, whatever their order was, with those that follow others behind', () => {
  const ledger = new IngestLedger(undefined)
  for (const one of [
    load('y', 5, 9, { follows: 'a' }),
    load('c', 20, 30),
    load('p', 0, 1, { pass: 1 }),
    load('a', 0, 10),
    load('z', 0, 3, { follows: 'c' }),
    load('x', 0, 5, { follows: 'a' }),
    load('b', 10, 20),
  ]) {
    ledger.add(one)
  }
  assert.deepEqual(ledger.ids, ['a', 'b', 'c', 'y', 'z', 'x', 'p'])
  assert.deepEqual(ledger.taken(0, 'a'), [
    { from: 0, to: 5, job: 'x', check: undefined },
    { from: 5, to: 9, job: 'y', check: undefined },
  ])
  assert.deepEqual(ledger.taken(1), [{ from: 0, to: 1, job: 'p', check: undefined }])
})

test('counts rows where they are now: with the job that follows, and with the pass that tries again', () => {
  const ledger = new IngestLedger(undefined)
  const failed = { id: 'a', state: 'Failed', numberRecordsProcessed: 6, numberRecordsFailed: 2 } as unknown as IngestJob
  const first = load('a', 0, 10, { job: failed })
  ledger.add(first)
  assert.equal(ledger.left(first), 4)
  assert.deepEqual(ledger.counts(1), { rows: 11, processed: 6, successful: 4, failed: 3, rejected: 1, unprocessed: 4 })
  ledger.add(load('b', 0, 4, { follows: 'a' }))
  assert.equal(ledger.left(first), 0)
  assert.deepEqual(ledger.counts(1), { rows: 11, processed: 10, successful: 8, failed: 3, rejected: 1, unprocessed: 0 })
  const waiting = { id: 'p', state: 'UploadComplete' } as unknown as IngestJob
  ledger.add(load('p', 0, 2, { pass: 1, job: waiting }))
  assert.deepEqual(ledger.counts(1), { rows: 11, processed: 8, successful: 8, failed: 1, rejected: 1, unprocessed: 2 })
})

test('a job without its rows counts nowhere but in the checkpoint', () => {
  const ledger = new IngestLedger(undefined)
  ledger.add(load('a', 0, 10, { uploaded: false }))
  assert.equal(ledger.counts(0).rows, 0)
  assert.deepEqual([ledger.uploaded, ledger.taken(0)], [[], []])
  assert.deepEqual(ledger.checkpoint().jobs, [{ id: 'a', uploaded: false, range: { from: 0, to: 10 }, rows: 10 }])
})
