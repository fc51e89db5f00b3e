import type { Contestant } from '../../bench-case.ts'

/** undici alone: our client cannot be loaded faster than the transport it comes with. */
export const run: Contestant = async () => {
  const { Pool } = await import('undici')
  return { rows: 1, checksum: Number(typeof Pool === 'function') }
}
