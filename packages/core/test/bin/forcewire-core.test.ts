import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../src/bin/forcewire-core.ts', import.meta.url))

function start(...words: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['--conditions=forcewire-source', program, ...words], { encoding: 'utf8' })
}

test('the program writes to standard output and ends with 0, or to standard error and ends with 2', () => {
  const help = start('--help')
  assert.deepEqual([help.status, help.stderr], [0, ''])
  assert.match(help.stdout, /^Usage: npx @forcewire\/core types/)
  const wrong = start('types')
  assert.deepEqual([wrong.status, wrong.stdout], [2, ''])
  assert.match(wrong.stderr, /^Name the objects/)
})
