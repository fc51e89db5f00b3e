import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { strayFiles } from '../src/packed-files.ts'

const packed = (...paths: string[]): { path: string; size: number }[] => paths.map((path) => ({ path, size: 1 }))
const papers = ['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE']

describe('strayFiles', () => {
  test('finds nothing wrong with papers, dist, examples and resources', () => {
    assert.deepEqual(strayFiles(packed(...papers, 'dist/index.js', 'dist/index.d.ts', 'examples/a.json')), [])
  })

  test('misses papers and a build', () => {
    assert.deepEqual(strayFiles(packed('package.json', 'README.md', 'CHANGELOG.md')), [
      'lacks LICENSE',
      'has no dist: it was packed before it was built',
    ])
  })

  test('finds sources, tests, notes of the compiler and keys', () => {
    const stray = ['src/index.ts', 'dist/index.ts', 'dist/.tsbuildinfo', 'dist/a.test.js', 'dist/org.pem', 'notes.md']
    assert.deepEqual(
      strayFiles(packed(...papers, 'dist/index.js', ...stray)),
      stray.map((path) => `ships ${path}`),
    )
  })
})
