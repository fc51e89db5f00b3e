import type { Contestant } from '../../bench-case.ts'

export const run: Contestant = async () => {
  const { default: jsforce } = await import('jsforce')
  return { rows: 1, checksum: Number(typeof jsforce.Connection === 'function') }
}
