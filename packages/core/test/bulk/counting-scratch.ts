import assert from 'node:assert/strict'
import type { Scratch, ScratchStore } from '../../src/bulk/scratch.ts'

/** What became of the stores that were asked for. */
export interface ScratchCounts {
  made: number
  open: number
}

/** Stores in memory that are counted; the one with a number, from 1, fails at what it is told to. */
export function countingScratch(failing?: { readonly store: number; readonly at: 'append' | 'read' }): {
  readonly scratch: ScratchStore
  readonly counts: ScratchCounts
} {
  const counts: ScratchCounts = { made: 0, open: 0 }
  const scratch = async (): Promise<Scratch> => {
    let bytes = Buffer.alloc(0)
    counts.made += 1
    counts.open += 1
    const { at } = failing?.store === counts.made ? failing : {}
    return {
      append: async (more) => {
        if (at === 'append')
          throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
        bytes = Buffer.concat([bytes, more])
      },
      read: async (from, into) => {
        if (at === 'read') throw new Error('EIO: i/o error, read')
        assert.equal(bytes.copy(into, 0, from, from + into.length), into.length)
      },
      close: async () => {
        counts.open -= 1
      },
    }
  }
  return { scratch, counts }
}
