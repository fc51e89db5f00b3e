import type { Contestant } from '../../bench-case.ts'

export const run: Contestant = async () => {
  const { Salesforce } = await import('@forcewire/core')
  return { rows: 1, checksum: Number(typeof Salesforce === 'function') }
}
