import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { complaints } from '../support/compile.ts'

for (const name of ['schema', 'clients', 'composite', 'interfaces']) {
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url))

  describe(`the types in ${name}.ts`, () => {
    test('accept what is right and refuse what is wrong', () => {
      assert.deepEqual(complaints([file]), [])
    })

    test('refuse each line that is marked, and no other', () => {
      const text = readFileSync(file, 'utf8')
      const marks = text.match(/\/\/ @ts-expect-error/g)?.length
      const found = complaints([file], new Map([[file, text.replaceAll('// @ts-expect-error', '// refused:')]]))
      assert.equal(found.length, marks, found.join('\n'))
    })
  })
}
