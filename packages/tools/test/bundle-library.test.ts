import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { bundleLibrary } from '../src/bundle-library.ts'

const sources: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    type: 'module',
    exports: {
      '.': { 'forcewire-source': './src/index.ts', default: './dist/index.js' },
      './other': { 'forcewire-source': './src/other.ts', default: './dist/other.js' },
      './package.json': './package.json',
    },
    bin: { tool: 'dist/bin/tool.js' },
  }),
  'src/shared.ts': 'export const counter: { value: number } = { value: 0 }',
  'src/lazy.ts': "export const late: string = 'late'",
  'src/index.ts': `
    import { readFile } from 'node:fs'
    export { counter } from './shared.ts'
    export const load = (): Promise<object> => import('./lazy.ts')
    export const file: unknown = readFile`,
  'src/other.ts': "export { counter } from './shared.ts'",
  'src/bin/tool.ts': "#!/usr/bin/env node\nimport { counter } from '../shared.ts'\nconsole.log(counter.value)",
  'dist/old.js': 'left over',
}

describe('a bundled library', () => {
  let folder: string
  const at = (path: string): string => join(folder, path)
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'forcewire-bundle-'))
    for (const [path, text] of Object.entries(sources)) {
      await mkdir(dirname(at(path)), { recursive: true })
      await writeFile(at(path), text)
    }
    await bundleLibrary(folder)
  })
  after(() => rm(folder, { recursive: true }))

  it('has a file for each entry and command, and no leftovers', async () => {
    assert.deepEqual((await readdir(at('dist'))).sort(), ['bin', 'chunks', 'index.js', 'other.js'])
    assert.match(await readFile(at('dist/bin/tool.js'), 'utf8'), /^#!\/usr\/bin\/env node\n/)
  })

  it('holds what its entries share once', async () => {
    const [index, other] = await Promise.all(
      ['index', 'other'].map((name) => import(pathToFileURL(at(`dist/${name}.js`)).href)),
    )
    assert.equal(index.counter, other.counter)
  })

  it('keeps apart what is imported when it is needed', async () => {
    assert.doesNotMatch(await readFile(at('dist/index.js'), 'utf8'), /'late'|"late"/)
    const { load } = await import(pathToFileURL(at('dist/index.js')).href)
    assert.equal((await load()).late, 'late')
  })
})
