import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Progress } from '@forcewire/operations'
import { StatusLine } from '../../src/runtime/status.ts'
import { FakeNode } from '../support/fake-node-red.ts'

test('progress is shown at most twice a second, endings always', () => {
  const node = new FakeNode({})
  let now = 0
  const status = new StatusLine(node, () => now)
  status.working({ phase: 'uploading', rows: 1, total: 10 })
  now = 499
  status.working({ phase: 'uploading', rows: 5, total: 10 })
  now = 500
  status.working({ phase: 'uploading', rows: 7 })
  status.done(10)
  status.failed('REQUIRED_FIELD_MISSING')
  assert.deepEqual(
    node.statuses.map(({ fill, shape, text }) => `${fill} ${shape} ${text}`),
    [
      'blue ring uploading 1 of 10 rows',
      'blue ring uploading 7 rows',
      'green dot 10 rows',
      'red ring REQUIRED_FIELD_MISSING',
    ],
  )
})

test('progress of a bulk job tells its rows, its jobs and the time that is left', () => {
  const shown = (progress: Omit<Progress, 'phase'>): string | undefined => {
    const node = new FakeNode({})
    new StatusLine(node, () => 0).working({ phase: 'uploading', ...progress })
    return node.statuses[0]?.text
  }
  const jobs = { Open: 1, InProgress: 2 }
  assert.equal(shown({ rows: 12_000, jobs, timeLeft: 20_400 }), 'uploading 12,000 rows, 3 jobs, 20 s left')
  assert.equal(shown({ rows: 1, total: 33_760, jobs: { Open: 1 } }), 'uploading 1 of 33,760 rows')
  assert.equal(shown({ rows: 5, total: 5, timeLeft: 0 }), 'uploading 5 rows')
  assert.equal(shown({ rows: 1, timeLeft: 300_000 }), 'uploading 1 row, 5 min left')
  assert.equal(shown({ rows: 1, timeLeft: 3 * 3_600_000 }), 'uploading 1 row, 3 h left')
  assert.equal(shown({ rows: 1, timeLeft: 20 }), 'uploading 1 row, 1 s left')
})

test('a wait before a retry is a yellow ring with its seconds', () => {
  const node = new FakeNode({})
  new StatusLine(node, () => 0).waiting(2_400)
  assert.deepEqual(node.statuses, [{ fill: 'yellow', shape: 'ring', text: 'retry in 2 s' }])
})

test('a long error is cut to what fits under a node', () => {
  const node = new FakeNode({})
  new StatusLine(node, () => 0).failed('X'.repeat(60))
  assert.equal(node.statuses[0]?.text?.length, 32)
})
