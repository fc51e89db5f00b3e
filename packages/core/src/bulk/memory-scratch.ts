import type { Scratch } from './scratch.ts'

/** A scratch store in memory, for platforms that offer no other place. */
export async function memoryScratch(): Promise<Scratch> {
  const chunks: Uint8Array[] = []
  return {
    async append(bytes) {
      chunks.push(bytes.slice())
    },
    async read(from, into) {
      let begin = 0
      for (const chunk of chunks) {
        const to = begin - from
        if (to >= into.length) return
        const wanted = chunk.subarray(Math.max(-to, 0), into.length - to)
        if (to + chunk.length > 0) into.set(wanted, Math.max(to, 0))
        begin += chunk.length
      }
    },
    async close() {
      chunks.length = 0
    },
  }
}
