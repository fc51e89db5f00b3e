import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { describe, it } from 'node:test'
import { fileScratch } from '../../src/undici/file-scratch.ts'

async function files(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith(`forcewire-${process.pid}-`))
}

describe('the temporary file of a bulk load', () => {
  it('gives back what was appended, from anywhere, as often as asked', async () => {
    const scratch = await fileScratch()
    const all = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251))
    for (let at = 0; at < all.length; at += 30_000) await scratch.append(all.subarray(at, at + 30_000))
    for (const [from, to] of [
      [0, 100_000],
      [29_999, 30_001],
      [99_999, 100_000],
    ] as const) {
      const into = new Uint8Array(to - from)
      await scratch.read(from, into)
      assert.deepEqual(Buffer.from(into), all.subarray(from, to))
    }
    await scratch.close()
  })

  it('says when it holds less than it is asked for', async () => {
    const scratch = await fileScratch()
    await scratch.append(Buffer.from('ab'))
    await assert.rejects(scratch.read(1, new Uint8Array(2)), /the temporary file ends at byte 2/)
    await scratch.close()
  })

  it('has no name while it is used, so that nothing can stay behind', {
    skip: process.platform === 'win32',
  }, async () => {
    const scratch = await fileScratch()
    await scratch.append(Buffer.from('secret'))
    assert.deepEqual(await files(), [])
    await scratch.close()
  })
})
