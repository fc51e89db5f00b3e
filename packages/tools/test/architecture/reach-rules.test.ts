import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as rules from '../../src/architecture/reach-rules.ts'
import { sourceTree } from '../../src/architecture/source-tree.ts'

const packages = {
  'packages/core/package.json': JSON.stringify({
    name: '@forcewire/core',
    exports: {
      '.': { 'forcewire-source': './src/index.ts' },
      './portable': { 'forcewire-source': './src/portable.ts' },
      './package.json': './package.json',
    },
  }),
  'packages/emulator/package.json': JSON.stringify({
    name: '@forcewire/emulator',
    exports: { '.': { 'forcewire-source': './src/index.ts' } },
  }),
  'packages/core/src/portable.ts': "export { client } from './client.ts'",
  'packages/core/src/index.ts': "import 'undici'\nimport 'node:zlib'\nexport { client } from './client.ts'",
}

describe('reach rules', () => {
  test('the portable core may load crypto, and nothing else of Node, through any number of modules', () => {
    const good = sourceTree({
      ...packages,
      'packages/core/src/client.ts': "import 'node:crypto'\nimport type { A } from 'undici'",
    })
    assert.deepEqual(rules.portableCoreTies(good), [])
    const bad = sourceTree({
      ...packages,
      'packages/core/src/client.ts': "await import('./deeper.ts')",
      'packages/core/src/deeper.ts': "import 'node:zlib'\nimport { request } from 'undici'\nimport 'buffer'",
    })
    assert.deepEqual(
      rules.portableCoreTies(bad).map((text) => text.split(';')[0]),
      ['node:zlib', 'undici', 'buffer'].map((specifier) => `packages/core/src/deeper.ts imports ${specifier}`),
    )
  })

  test('the portable core uses no global timer, no real clock and no process', () => {
    for (const text of [
      'setTimeout(f, 1)',
      'Date.now()',
      'new Date()',
      'Math.random()',
      'process.env',
      'AbortSignal.timeout(1)',
    ]) {
      const tree = sourceTree({ ...packages, 'packages/core/src/client.ts': `export const client = () => ${text}` })
      assert.equal(rules.portableCoreTies(tree).length, 1, text)
    }
    const injected = 'export const client = (clock: Clock) => new Date(clock.now())'
    assert.deepEqual(rules.portableCoreTies(sourceTree({ ...packages, 'packages/core/src/client.ts': injected })), [])
  })

  test('what n8n loads is followed through our packages', () => {
    const node = { 'nodes/a.ts': "import '@forcewire/core/portable'\nimport 'n8n-workflow'" }
    const client = { 'packages/core/src/client.ts': '' }
    assert.deepEqual(rules.n8nTies(sourceTree({ ...packages, ...client, ...node })), [])
    const whole = { 'nodes/a.ts': "import '@forcewire/core'" }
    assert.equal(rules.n8nTies(sourceTree({ ...packages, ...client, ...whole })).length, 2)
  })

  test('the emulator is found behind what ships, however deep', () => {
    const tree = sourceTree({
      ...packages,
      'packages/core/src/client.ts': "import '@forcewire/emulator'",
      'packages/emulator/src/index.ts': '',
      'packages/operations/src/index.ts': "import '@forcewire/core'",
    })
    assert.deepEqual(rules.shippedEmulator(tree), ['packages/emulator/src/index.ts is reached by something that ships'])
    const tests = {
      ...packages,
      'packages/core/test/a.test.ts': "import '@forcewire/emulator'",
      'packages/emulator/src/index.ts': '',
    }
    assert.deepEqual(rules.shippedEmulator(sourceTree(tests)), [])
  })

  test('a file that no entry reaches is dead; types keep a file alive', () => {
    const tree = sourceTree({
      ...packages,
      'packages/core/src/client.ts': "import type { A } from './types.ts'",
      'packages/core/src/types.ts': '',
      'packages/core/src/old.ts': '',
    })
    assert.deepEqual(rules.deadSources(tree), ['packages/core/src/old.ts is reached from no entry of its package'])
  })
})
