import { type BenchCase, json } from '../../bench-case.ts'

/** What starting to use a client costs: loading it, in a fresh process, with nothing done yet. */
export const benchCases: readonly BenchCase[] = [
  {
    name: 'import',
    title: 'Import, nothing done yet',
    unit: 'loads',
    expected: { rows: 1, checksum: 1 },
    contestants: ['forcewire', 'jsforce', 'floor'],
    repetitions: 9,
    bars: [{ figure: 'cpuSeconds', against: 'floor', most: 1.5 }],
    prepare: () => () => json({}),
  },
]
