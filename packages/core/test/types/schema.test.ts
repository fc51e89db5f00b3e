import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { complaints } from '../support/compile.ts'

const file = fileURLToPath(new URL('schema.ts', import.meta.url))

test('the types of a schema accept what is right and refuse what is wrong', () => {
  assert.deepEqual(complaints([file]), [])
})

test('each refusal is one that the compiler makes', () => {
  const text = readFileSync(file, 'utf8')
  const expected = text.match(/\/\/ @ts-expect-error/g)?.length
  const found = complaints([file], new Map([[file, text.replaceAll('// @ts-expect-error', '// refused:')]]))
  assert.equal(found.length, expected, found.join('\n'))
})
