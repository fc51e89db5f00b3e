import { type BenchCase, json } from '../../bench-case.ts'

/** What starting to use a client costs: loading it, in a fresh process, with nothing done yet. */
export const benchCase: BenchCase = {
  title: 'Import, nothing done yet',
  unit: 'loads',
  expected: { rows: 1, checksum: 1 },
  contestants: ['forcewire', 'jsforce', 'floor'],
  repetitions: 9,
  prepare: () => () => json({}),
}
