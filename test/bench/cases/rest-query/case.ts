import { type BenchAnswer, type BenchCase, json } from '../../bench-case.ts'
import { benchRow, checksumOf, object } from '../../salesforce-rows.ts'

const pageSize = 2_000
const pages = 50
const totalSize = pageSize * pages

/** A query over REST, read record by record to its end. */
export const benchCase: BenchCase = {
  title: `REST query, ${pages} pages of ${pageSize.toLocaleString('en')} records`,
  unit: 'rows',
  expected: { rows: totalSize, checksum: checksumOf(totalSize) },
  contestants: ['forcewire', 'jsforce', 'floor'],
  repetitions: 5,
  prepare() {
    const answers = Array.from({ length: pages }, (_, number) => page(number))
    return ({ path }) => {
      const from = /\/query\/01gBENCH0000000001-(\d+)$/.exec(path)?.[1]
      return answers[from === undefined ? 0 : Number(from) / pageSize] ?? json([], 404)
    }
  },
}

function page(number: number): BenchAnswer {
  const done = number === pages - 1
  const records = Array.from({ length: pageSize }, (_, index) => {
    const row = benchRow(number * pageSize + index)
    const url = `/services/data/v67.0/sobjects/${object}/${row.Id}`
    return { attributes: { type: object, url }, ...row }
  })
  const next = `/services/data/v67.0/query/01gBENCH0000000001-${(number + 1) * pageSize}`
  return json({ totalSize, done, ...(done ? {} : { nextRecordsUrl: next }), records })
}
