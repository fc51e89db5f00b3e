import { type BenchCase, withAndWithoutGzip } from '../../bench-case.ts'
import { bulkQueryServer } from '../../bulk-query-server.ts'
import { checksumOf, columns } from '../../salesforce-rows.ts'

/** About what Salesforce puts into one page of a result. */
const pageSize = 250_000

/** Many small pages that each take a while: what counts then is how many are fetched at a time. */
const slow = { pages: 50, pageSize: 1000, latency: 200 }

function queryOf(rows: number, others: Pick<BenchCase, 'name' | 'repetitions' | 'bars'>): BenchCase {
  return {
    title: `Bulk query, ${rows.toLocaleString('en')} rows of ${columns.length} columns`,
    unit: 'rows',
    expected: { rows, checksum: checksumOf(rows) },
    contestants: ['forcewire', 'jsforce', 'floor'],
    prepare: () => bulkQueryServer(rows, pageSize),
    ...others,
  }
}

export const benchCases: readonly BenchCase[] = [
  ...withAndWithoutGzip(
    queryOf(500_000, {
      name: 'bulk-query',
      repetitions: 5,
      bars: [
        { figure: 'cpuSeconds', against: 'jsforce', most: 1 / 7 },
        { figure: 'cpuSeconds', against: 'floor', most: 1.3 },
        { figure: 'peakMegabytes', against: 'jsforce', most: 1 / 3 },
      ],
    }),
  ),
  queryOf(5_000_000, {
    name: 'bulk-query-5m',
    repetitions: 1,
    bars: [
      // Not against our own 500,000 rows: V8 lets any long process grow, the floor as well.
      { figure: 'peakMegabytes', against: 'floor', most: 1.25 },
      { figure: 'peakMegabytes', against: 'jsforce', most: 1 / 15 },
    ],
  }),
  ...withAndWithoutGzip({
    name: 'bulk-pages',
    title: `Bulk query, ${slow.pages} pages, ${slow.latency} ms each`,
    unit: 'rows',
    expected: { rows: slow.pages * slow.pageSize, checksum: checksumOf(slow.pages * slow.pageSize) },
    contestants: ['forcewire', 'one-by-one'],
    repetitions: 2,
    latency: slow.latency,
    bars: [{ figure: 'wallSeconds', against: 'one-by-one', most: 1 / 3 }],
    prepare: () => bulkQueryServer(slow.pages * slow.pageSize, slow.pageSize),
  }),
]
