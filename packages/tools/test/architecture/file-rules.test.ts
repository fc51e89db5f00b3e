import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as rules from '../../src/architecture/file-rules.ts'
import { sourceTree } from '../../src/architecture/source-tree.ts'

const breaks = (rule: (tree: ReturnType<typeof sourceTree>) => string[], texts: Record<string, string>): string[] =>
  rule(sourceTree(texts))

describe('file rules', () => {
  test('a new name at the root is refused', () => {
    const texts = { 'README.md': '', 'nodes/a.ts': '', 'docs/a.md': '', 'jest.config.js': '' }
    assert.deepEqual(breaks(rules.strayTopLevelNames, texts), [
      'docs has no place at the root',
      'jest.config.js has no place at the root',
    ])
  })

  test('400 lines are allowed and 401 are not, except in data and papers', () => {
    const long = 'x\n'.repeat(401)
    const texts = { 'test/ok.ts': 'x\n'.repeat(400), 'test/long.ts': long, 'test/data.json': '0', 'README.md': long }
    assert.deepEqual(breaks(rules.longFiles, texts), ['test/long.ts has 401 lines; 400 are the limit'])
  })

  test('names are kebab-case in packages and tests, and as n8n wants them in nodes', () => {
    const texts = {
      'packages/core/src/bulk/ingest-job.ts': '',
      'packages/core/CHANGELOG.md': '',
      'packages/node-red/locales/en-US/query.json': '{}',
      'test/packed/node22.slow.test.ts': '',
      'nodes/Salesforce/Salesforce.node.ts': '',
      'packages/core/src/ingestJob.ts': '',
      'packages/core/src/Bulk/job.ts': '',
      'test/packed/a_b.test.ts': '',
    }
    assert.deepEqual(breaks(rules.namesNotInKebabCase, texts), [
      'packages/core/src/ingestJob.ts is not in kebab-case',
      'packages/core/src/Bulk/job.ts is not in kebab-case',
      'test/packed/a_b.test.ts is not in kebab-case',
    ])
  })

  test('names without a subject are refused', () => {
    const texts = { 'test/utils.ts': '', 'test/util.test.ts': '', 'nodes/helpers.ts': '', 'test/utilisation.ts': '' }
    assert.equal(breaks(rules.shapelessNames, texts).length, 3)
  })

  test('barrels and index files are refused except as the entry of a package', () => {
    const barrel = "export { a } from './a.ts'"
    const texts = {
      'packages/core/src/index.ts': barrel,
      'packages/node-red/editor/main.ts': barrel,
      'packages/core/src/bulk/index.ts': 'export const a = 1',
      'packages/core/src/bulk/all.ts': barrel,
    }
    assert.deepEqual(breaks(rules.barrels, texts), [
      "packages/core/src/bulk/index.ts is a barrel; only a package's own entry may be one",
      "packages/core/src/bulk/all.ts is a barrel; only a package's own entry may be one",
    ])
  })

  test('default exports are refused except where Node-RED and ESLint demand them', () => {
    const text = 'export default 1'
    const texts = {
      'packages/node-red/package.json': JSON.stringify({
        name: 'a',
        'node-red': { nodes: { query: 'dist/query.js' } },
      }),
      'packages/node-red/src/query.ts': text,
      'packages/node-red/src/other.ts': text,
      'eslint.config.mjs': text,
      'nodes/a.ts': text,
    }
    assert.deepEqual(breaks(rules.defaultExports, texts), [
      'packages/node-red/src/other.ts has a default export',
      'nodes/a.ts has a default export',
    ])
  })

  test("paths of somebody's machine and hosts of registries are refused with their line", () => {
    const machine = ['', 'root', 'main'].join('/')
    const host = ['registry', 'example', 'org'].join('.')
    const texts = {
      'README.md': `fine\nsee ${machine}`,
      '.npmrc': host,
      'test/a.ts': `get('/services/data${machine}')`,
    }
    assert.deepEqual(breaks(rules.machinePaths, texts), [
      `README.md:2 names ${machine.slice(0, 6)}`,
      `.npmrc:1 names ${host}`,
    ])
  })
})
