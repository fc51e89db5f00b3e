import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { BuildStamps, sizeOf, stampOf } from '../src/build-stamp.ts'

describe('a build stamp', () => {
  let base: string
  const inputs = ['src', 'package.json']
  const outputs = ['src/dist']

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'forcewire-stamp-'))
    await mkdir(join(base, 'src/dist'), { recursive: true })
    await writeFile(join(base, 'package.json'), '{}')
    await writeFile(join(base, 'src/a.ts'), 'one')
    await writeFile(join(base, 'src/dist/a.js'), 'made')
  })
  afterEach(() => rm(base, { recursive: true }))

  test('stays the same while nothing changes, whatever the times of the inputs', async () => {
    const before = await stampOf(base, inputs, outputs)
    await utimes(join(base, 'src/a.ts'), 1, 1)
    assert.deepEqual(await stampOf(base, inputs, outputs), before)
  })

  test('notices an edited, a renamed and an added input, but not an output inside an input folder', async () => {
    const stamps = [await stampOf(base, inputs, outputs)]
    for (const [file, text] of [
      ['src/a.ts', 'two'],
      ['src/b.ts', ''],
    ] as const) {
      await writeFile(join(base, file), text)
      stamps.push(await stampOf(base, inputs, outputs))
    }
    assert.equal(new Set(stamps.map((stamp) => stamp.inputs)).size, 3)
    await writeFile(join(base, 'src/dist/b.js'), 'more')
    const last = await stampOf(base, inputs, outputs)
    assert.equal(last.inputs, stamps[2]?.inputs)
    assert.notEqual(last.outputs, stamps[2]?.outputs)
  })

  test('is found again after saving, and no longer after a deleted output', async () => {
    const file = join(base, 'cache/build.json')
    const stamps = new BuildStamps(file)
    await stamps.load()
    stamps.record('a', await stampOf(base, inputs, outputs))
    await stamps.save()
    const again = new BuildStamps(file)
    await again.load()
    assert.equal(again.matches('a', await stampOf(base, inputs, outputs)), true)
    assert.equal(again.matches('b', await stampOf(base, inputs, outputs)), false)
    await rm(join(base, 'src/dist/a.js'))
    assert.equal(again.matches('a', await stampOf(base, inputs, outputs)), false)
  })

  test('a broken stamp file means that nothing was built', async () => {
    const file = join(base, 'build.json')
    await writeFile(file, '{"a":')
    const stamps = new BuildStamps(file)
    await stamps.load()
    assert.equal(stamps.matches('a', await stampOf(base, inputs, outputs)), false)
  })

  test('the size is the sum of all outputs', async () => {
    assert.equal(await sizeOf(base, outputs), 4)
    assert.equal(await sizeOf(base, ['absent']), 0)
  })
})
