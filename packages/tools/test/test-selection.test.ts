import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { closingLines, selectTests } from '../src/test-selection.ts'

const files = [
  'test/hosts/n8n/adapter.test.ts',
  'packages/core/test/query.test.ts',
  'test/packed/node22.slow.test.ts',
  'test/browser/node-red-editor.test.ts',
]

describe('selectTests', () => {
  test('leaves slow files and the browser to the slow run', () => {
    const quick = ['packages/core/test/query.test.ts', 'test/hosts/n8n/adapter.test.ts']
    assert.deepEqual(selectTests(files, { slow: false, filters: [] }), quick)
    const slow = ['test/browser/node-red-editor.test.ts', 'test/packed/node22.slow.test.ts']
    assert.deepEqual(selectTests(files, { slow: true, filters: [] }), slow)
  })

  test('takes any file whose path contains one of the filters', () => {
    assert.deepEqual(selectTests(files, { slow: false, filters: ['core', 'absent'] }), [
      'packages/core/test/query.test.ts',
    ])
    assert.deepEqual(selectTests(files, { slow: false, filters: ['absent'] }), [])
  })
})

test('the closing lines say the counts in the form of the runner itself', () => {
  const counts = { tests: 3, suites: 1, passed: 1, cancelled: 0, skipped: 1, todo: 0 }
  assert.equal(
    closingLines(counts, 12.5),
    'ℹ tests 3\nℹ suites 1\nℹ pass 1\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1\nℹ todo 0\nℹ duration_ms 12.5',
  )
})
