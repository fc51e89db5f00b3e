import type { BenchCase } from '../../bench-case.ts'
import { bulkQueryServer } from '../../bulk-query-server.ts'
import { checksumOf } from '../../salesforce-rows.ts'

const pages = 50
const pageSize = 1000
const latency = 200

/** Many pages of a result that each take a while: what counts is how many are fetched at a time. */
export const benchCases: readonly BenchCase[] = [
  {
    name: 'bulk-pages',
    title: `Bulk query, ${pages} pages, ${latency} ms each`,
    unit: 'rows',
    expected: { rows: pages * pageSize, checksum: checksumOf(pages * pageSize) },
    contestants: ['forcewire', 'one-by-one'],
    repetitions: 2,
    latency,
    bars: [{ figure: 'wallSeconds', against: 'one-by-one', most: 1 / 3 }],
    prepare: () => bulkQueryServer(pages * pageSize, pageSize),
  },
]
