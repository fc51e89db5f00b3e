import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { complaints } from '../support/compile.ts'

const file = fileURLToPath(new URL('sobject.ts', import.meta.url))

test('the methods of sobject take and give what the schema says', () => {
  assert.deepEqual(complaints([file]), [])
})

test('each thing that they refuse is refused by the compiler', () => {
  const text = readFileSync(file, 'utf8')
  const expected = text.match(/\/\/ @ts-expect-error/g)?.length
  const found = complaints([file], new Map([[file, text.replaceAll('// @ts-expect-error', '// refused:')]]))
  assert.equal(found.length, expected, found.join('\n'))
})
