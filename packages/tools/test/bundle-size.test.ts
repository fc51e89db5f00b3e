import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { bundleBudgets, bundleSize, overBudget } from '../src/bundle-size.ts'
import { root } from '../src/repository.ts'

/** Text that gzip cannot make smaller than about three quarters. */
function bulk(bytes: number): string {
  let [text, seed] = ['', 1]
  while (text.length < bytes) {
    seed = (seed * 48_271) % 2_147_483_647
    text += seed.toString(36)
  }
  return text
}

describe('the size of a bundle', () => {
  test('counts what is loaded at once apart from what is loaded when needed, and undici not at all', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'forcewire-bundle-'))
    try {
      await writeFile(join(folder, 'eager.js'), `export const eager = '${bulk(2_000)}'`)
      await writeFile(join(folder, 'lazy.js'), `export const lazy = '${bulk(20_000)}'`)
      await writeFile(join(folder, 'unused.js'), `export const unused = '${bulk(50_000)}'`)
      const code = `
        import { Agent } from 'undici'
        import { eager } from './eager.js'
        import { unused } from './unused.js'
        export const all = async () => [Agent, eager, (await import('./lazy.js')).lazy]
      `
      const { initial, lazy } = await bundleSize(code, folder)
      assert.ok(initial > 1_000 && initial < 3_000, `${initial}`)
      assert.ok(lazy > 10_000 && lazy < 20_000, `${lazy}`)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('over its budget is told with how much it is over', () => {
    const budget = { name: 'The client', code: '', budget: 30_000 }
    assert.equal(overBudget(budget, { initial: 30_000, lazy: 90_000 }), undefined)
    assert.equal(
      overBudget(budget, { initial: 31_250, lazy: 0 }),
      'The client is 31250 bytes minified and gzipped, 1250 over its budget of 30000',
    )
  })

  test('has the budgets that the README of core names', async () => {
    const readme = await readFile(join(root, 'packages/core/README.md'), 'utf8')
    const [portable, main] = bundleBudgets.map(({ budget }) => budget.toLocaleString('en-US'))
    const line = `| ${portable} bytes minified and gzipped for the portable client, ${main} for the main entry, undici not counted |`
    assert.ok(readme.includes(line), line)
  })
})
