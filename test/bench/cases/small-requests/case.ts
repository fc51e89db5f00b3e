import { type BenchCase, json, withAndWithoutGzip } from '../../bench-case.ts'
import { benchRow } from '../../salesforce-rows.ts'

const calls = 20_000

/** Records that are read one by one, a hundred at a time: what a client adds to each request. */
export const benchCases: readonly BenchCase[] = [
  ...withAndWithoutGzip({
    name: 'small-requests',
    title: `${calls.toLocaleString('en')} small requests, 100 at a time`,
    unit: 'calls',
    expected: { rows: calls, checksum: calls * benchRow(1).Name.length },
    contestants: ['forcewire', 'floor'],
    repetitions: 7,
    bars: [{ figure: 'cpuSeconds', against: 'floor', most: 1.4 }],
    prepare() {
      const record = json(benchRow(1))
      return () => record
    },
  }),
]
