import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as rules from '../../src/architecture/import-rules.ts'
import { sourceTree } from '../../src/architecture/source-tree.ts'

const manifest = (name: string, more: object = {}): string => JSON.stringify({ name, version: '1.0.0', ...more })

describe('import rules', () => {
  test('a relative import into another room is refused, inside the room it is not', () => {
    const tree = sourceTree({
      'packages/operations/src/a.ts': "import '../../core/src/index.ts'\nimport './b.ts'\nimport '../package.json'",
      'nodes/Salesforce/Salesforce.node.ts':
        "import '../../credentials/a.ts'\nimport '../../packages/core/src/index.ts'",
    })
    assert.deepEqual(rules.relativeImportsLeaveTheirRoom(tree), [
      'packages/operations/src/a.ts imports ../../core/src/index.ts; another room is reached by its package name',
      'nodes/Salesforce/Salesforce.node.ts imports ../../packages/core/src/index.ts; another room is reached by its package name',
    ])
  })

  test('tests reach the hosts by path, and nothing else', () => {
    const tree = sourceTree({
      'test/hosts/a.test.ts':
        "import '../../nodes/a.ts'\nimport '../../packages/node-red/src/a.ts'\nimport '../../packages/core/src/a.ts'",
    })
    assert.deepEqual(rules.relativeImportsLeaveTheirRoom(tree), [
      'test/hosts/a.test.ts imports ../../packages/core/src/a.ts; another room is reached by its package name',
    ])
  })

  test('a relative import must name a file that exists', () => {
    const tree = sourceTree({ 'test/a.ts': "import './b.ts'\nimport './b'", 'test/b.ts': '' })
    assert.deepEqual(rules.relativeImportsWithoutFile(tree), ['test/a.ts imports ./b, and there is no such file'])
  })

  test('an arrow that the design does not draw is refused', () => {
    const against: [path: string, specifier: string][] = [
      ['packages/core/src/a.ts', '@forcewire/operations'],
      ['packages/operations/src/a.ts', '@forcewire/core'],
      ['packages/operations/src/a.ts', '@forcewire/emulator'],
      ['packages/emulator/src/a.ts', '@forcewire/core'],
      ['packages/emulator/test/a.test.ts', '@forcewire/core'],
      ['packages/node-red/src/a.ts', '@forcewire/emulator'],
      ['nodes/a.ts', '@forcewire/core'],
      ['packages/tools/src/a.ts', '@forcewire/emulator'],
      ['test/a.ts', '@forcewire/core/src/http/pipeline.ts'],
    ]
    for (const [path, specifier] of against) {
      const broken = rules.arrowsAgainstTheDesign(sourceTree({ [path]: `import '${specifier}'` }))
      assert.equal(broken.length, 1, `${path} -> ${specifier}`)
    }
  })

  test('the arrows of the design are allowed, and the emulator in tests of what it tests', () => {
    const along: [path: string, specifier: string][] = [
      ['packages/core/test/a.test.ts', '@forcewire/emulator'],
      ['packages/operations/src/a.ts', '@forcewire/core/portable'],
      ['packages/operations/test/a.test.ts', '@forcewire/core'],
      ['packages/node-red/src/a.ts', '@forcewire/core'],
      ['nodes/a.ts', '@forcewire/operations'],
      ['test/a.ts', '@forcewire/tools/repository'],
    ]
    for (const [path, specifier] of along) {
      assert.deepEqual(rules.arrowsAgainstTheDesign(sourceTree({ [path]: `import '${specifier}'` })), [])
    }
  })

  test("a package's own tests may import it by its name", () => {
    const tree = sourceTree({
      'packages/emulator/package.json': manifest('@forcewire/emulator'),
      'packages/emulator/test/a.test.ts': "import '@forcewire/emulator'",
      'packages/emulator/src/a.ts': "import '@forcewire/emulator'",
    })
    assert.equal(rules.arrowsAgainstTheDesign(tree).length, 1)
  })

  test('core uses no outside package but its three, operations none, n8n only n8n-workflow', () => {
    const tree = sourceTree({
      'packages/core/src/a.ts': "import 'undici'\nimport 'axios'\nimport 'node:crypto'",
      'packages/operations/src/a.ts': "import 'jose'",
      'nodes/a.ts': "import 'n8n-workflow'\nimport 'lodash/get'",
    })
    assert.deepEqual(rules.packagesAgainstTheDesign(tree), [
      'packages/core/src/a.ts imports axios; core may use undici, jose, fast-xml-parser',
      'packages/operations/src/a.ts imports jose; operations may use no outside package',
      'nodes/a.ts imports lodash/get; n8n may use n8n-workflow',
    ])
  })

  test('an import needs a declaration: in dependencies for shipped sources, anywhere for tests', () => {
    const tree = sourceTree({
      'package.json': manifest('n8n-nodes-forcewire', { devDependencies: { typescript: '1' } }),
      'packages/emulator/package.json': manifest('@forcewire/emulator', {
        dependencies: { fastify: '1' },
        devDependencies: { jose: '1' },
      }),
      'packages/emulator/src/a.ts': "import 'fastify'\nimport 'jose'\nimport 'node:fs'",
      'packages/emulator/test/a.test.ts': "import 'jose'\nimport 'typescript'\nimport 'left-pad'",
    })
    assert.deepEqual(rules.undeclaredImports(tree), [
      'packages/emulator/src/a.ts imports jose, which packages/emulator/package.json does not declare',
      'packages/emulator/test/a.test.ts imports left-pad, which packages/emulator/package.json does not declare',
    ])
  })

  test('a declared dependency that no source imports is refused', () => {
    const tree = sourceTree({
      'packages/core/package.json': manifest('@forcewire/core', { dependencies: { undici: '7', jose: '6' } }),
      'packages/core/src/a.ts': "const { request } = await import('undici')",
      'packages/core/test/a.test.ts': "import 'jose'",
    })
    assert.deepEqual(rules.unusedDependencies(tree), [
      'packages/core/package.json declares jose, which its sources do not import',
    ])
  })
})
