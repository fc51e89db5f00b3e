import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { platform } from 'node:os'
import { describe, it } from 'node:test'
import { peakMegabytes } from './peak-memory.ts'

const here = JSON.stringify(new URL('peak-memory.ts', import.meta.url).href)

/** The peak that a process of its own tells of, which has held so many megabytes beside itself. */
function peakOfChild(megabytes: number): number {
  const script = `
    let held = Buffer.alloc(${megabytes} * 1e6, 1)
    held = undefined
    const { peakMegabytes } = await import(${here})
    console.log(peakMegabytes())`
  return Number(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }))
}

describe('the peak of memory', () => {
  it('is what the process held, also what it has given back', () => {
    assert.ok(peakOfChild(300) - peakOfChild(0) > 250)
  })

  it('is its own, not that of the process which started it', { skip: platform() !== 'linux' }, () => {
    const held = Buffer.alloc(500e6, 1)
    assert.ok(peakMegabytes() > 500)
    assert.ok(peakOfChild(0) < 300)
    assert.equal(held.byteLength, 500e6)
  })
})
