import { type BenchAnswer, type BenchCase, json, withAndWithoutGzip } from '../../bench-case.ts'
import { benchRow, checksumOf, object } from '../../salesforce-rows.ts'

const pageSize = 2_000

function queryOf(pages: number, others: Pick<BenchCase, 'name' | 'contestants' | 'repetitions' | 'bars'>): BenchCase {
  const rows = pageSize * pages
  return {
    title: `REST query, ${rows.toLocaleString('en')} records in pages of ${pageSize.toLocaleString('en')}`,
    unit: 'rows',
    expected: { rows, checksum: checksumOf(rows) },
    prepare() {
      const answers = Array.from({ length: pages }, (_, number) => page(number, pages))
      return ({ path }) => {
        const from = /\/query\/01gBENCH0000000001-(\d+)$/.exec(path)?.[1]
        return answers[from === undefined ? 0 : Number(from) / pageSize] ?? json([], 404)
      }
    },
    ...others,
  }
}

export const benchCases: readonly BenchCase[] = [
  queryOf(25, { name: 'rest-query-50k', contestants: ['forcewire'], repetitions: 3 }),
  ...withAndWithoutGzip(
    queryOf(100, {
      name: 'rest-query',
      contestants: ['forcewire', 'jsforce', 'floor'],
      repetitions: 5,
      bars: [
        { figure: 'cpuSeconds', against: 'floor', most: 1.3 },
        { figure: 'wallSeconds', against: 'jsforce', most: 1 },
        { figure: 'peakMegabytes', against: 'forcewire', run: 'rest-query-50k', most: 1.25 },
      ],
    }),
  ),
]

function page(number: number, pages: number): BenchAnswer {
  const done = number === pages - 1
  const records = Array.from({ length: pageSize }, (_, index) => {
    const row = benchRow(number * pageSize + index)
    const url = `/services/data/v67.0/sobjects/${object}/${row.Id}`
    return { attributes: { type: object, url }, ...row }
  })
  const next = `/services/data/v67.0/query/01gBENCH0000000001-${(number + 1) * pageSize}`
  return json({ totalSize: pages * pageSize, done, ...(done ? {} : { nextRecordsUrl: next }), records })
}
