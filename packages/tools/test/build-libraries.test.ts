import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leftovers } from '../src/build-libraries.ts'

test('outputs of deleted sources are leftovers, everything else in dist is not', () => {
  const outputs = [
    'index.js',
    'index.js.map',
    'index.d.ts',
    'index.d.ts.map',
    'old/name.js',
    'old/name.d.ts.map',
    '.tsbuildinfo',
  ]
  assert.deepEqual(leftovers(outputs, ['index.ts', 'new/name.ts']), ['old/name.js', 'old/name.d.ts.map'])
})
