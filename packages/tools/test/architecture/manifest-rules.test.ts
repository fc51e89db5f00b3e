import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as rules from '../../src/architecture/manifest-rules.ts'
import { sourceTree } from '../../src/architecture/source-tree.ts'

const manifest = (name: string, version: string, more: object = {}): string =>
  JSON.stringify({ name, version, ...more })

describe('manifest rules', () => {
  test('a package at another version, or asking for another version of ours, is refused', () => {
    const tree = sourceTree({
      'package.json': manifest('root', '1.1.0', { devDependencies: { '@forcewire/core': '^1.1.0' } }),
      'packages/core/package.json': manifest('@forcewire/core', '1.0.0'),
    })
    assert.deepEqual(rules.versionsThatDisagree(tree), [
      'package.json asks for @forcewire/core ^1.1.0, the root is at 1.1.0',
      'packages/core/package.json is at 1.0.0, the root at 1.1.0',
    ])
  })

  test('two ranges for one package are refused', () => {
    const tree = sourceTree({
      'package.json': manifest('root', '1.0.0', { devDependencies: { undici: '^7.0.0', jose: '6' } }),
      'packages/core/package.json': manifest('@forcewire/core', '1.0.0', {
        dependencies: { undici: '^7.1.0', jose: '6' },
      }),
    })
    assert.deepEqual(rules.rangesThatDisagree(tree), ['undici is asked for as ^7.0.0 in ., ^7.1.0 in packages/core'])
  })

  test('a dependency without a line in a list or table of the README is refused', () => {
    const dependencies = { undici: '7', jose: '6', '@scope/csv': '1', csv: '1' }
    const texts = {
      'packages/core/package.json': manifest('@forcewire/core', '1.0.0', { dependencies }),
      'packages/core/README.md': 'jose is here\n- `undici`: it is fast\n| [@scope/csv](https://example.com) | reads |',
    }
    assert.deepEqual(rules.unexplainedDependencies(sourceTree(texts)), [
      'packages/core/README.md does not say why the package needs jose',
      'packages/core/README.md does not say why the package needs csv',
    ])
  })

  test('a README is asked of every package, a CHANGELOG of the published ones', () => {
    const tree = sourceTree({
      'packages/core/package.json': manifest('@forcewire/core', '1.0.0'),
      'packages/tools/package.json': manifest('@forcewire/tools', '1.0.0', { private: true }),
      'packages/tools/README.md': '',
    })
    assert.deepEqual(rules.missingPapers(tree), ['packages/core has no README.md', 'packages/core has no CHANGELOG.md'])
  })

  test('runtime dependencies and overrides in the n8n package are refused', () => {
    const tree = sourceTree({
      'package.json': manifest('n8n-nodes-forcewire', '1.0.0', { dependencies: {}, overrides: {} }),
    })
    assert.deepEqual(rules.whatN8nRefuses(tree), ['package.json has dependencies', 'package.json has overrides'])
  })
})
