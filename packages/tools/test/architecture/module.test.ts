import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readModule } from '../../src/architecture/module.ts'

const imports = (text: string): string[] =>
  readModule('a.ts', text).imports.map(({ specifier, typeOnly }) => (typeOnly ? `type ${specifier}` : specifier))
const uses = (text: string): string[] => [...readModule('a.ts', text).uses].sort()

describe('readModule', () => {
  test('finds every way of importing', () => {
    assert.deepEqual(imports("import { a } from 'a'\nexport { b } from 'b'\nexport * from 'c'\nimport 'd'"), [
      'a',
      'b',
      'c',
      'd',
    ])
    assert.deepEqual(imports("const e = await import('e')\nconst f = require('f')\nconst g = import(`g`)"), [
      'e',
      'f',
      'g',
    ])
  })

  test('knows imports that are erased from imports that load a module', () => {
    assert.deepEqual(imports("import type { A } from 'a'\nexport type { B } from 'b'\ntype C = import('c').C"), [
      'type a',
      'type b',
      'type c',
    ])
    assert.deepEqual(imports("import { type D } from 'd'"), ['d'])
  })

  test('does not take text or comments for imports', () => {
    assert.deepEqual(imports("const a = \"import b from 'b'\" // import c from 'c'"), [])
  })

  test('sees uses of globals as callee, argument, shorthand and member', () => {
    assert.deepEqual(uses('setTimeout(f, 1)'), ['f', 'setTimeout'])
    assert.deepEqual(uses('run({ setTimeout })'), ['run', 'setTimeout'])
    assert.ok(uses('const now = () => Date.now()').includes('Date.now'))
    assert.ok(uses('const now = new Date()').includes('new Date()'))
    assert.ok(!uses('const then = new Date(0)').includes('new Date()'))
  })

  test('does not take members, types, and what the module declares for uses of globals', () => {
    assert.deepEqual(uses('clock.setTimeout(1)'), ['clock', 'clock.setTimeout'])
    assert.deepEqual(uses('type A = { setTimeout: typeof setTimeout }'), [])
    assert.deepEqual(uses('function process(): void {}\nprocess()'), [])
    assert.deepEqual(uses("import { setTimeout } from './clock.ts'\nsetTimeout()"), [])
  })

  test('sees default exports in every form', () => {
    for (const text of ['export default 1', 'export default class {}', 'const a = 1\nexport { a as default }']) {
      assert.equal(readModule('a.ts', text).hasDefaultExport, true, text)
    }
    assert.equal(readModule('a.ts', 'export const standard = 1').hasDefaultExport, false)
  })

  test('takes a module of nothing but re-exports for a barrel', () => {
    assert.equal(readModule('a.ts', "export { a } from './a.ts'\nexport type { B } from './b.ts'").isBarrel, true)
    assert.equal(readModule('a.ts', "export { a } from './a.ts'\nexport const b = 1").isBarrel, false)
    assert.equal(readModule('a.ts', '').isBarrel, false)
  })
})
