import assert from 'node:assert/strict'
import { test } from 'node:test'
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
    ['blue ring uploading 1/10', 'blue ring uploading 7', 'green dot 10 rows', 'red ring REQUIRED_FIELD_MISSING'],
  )
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
