import { type BenchAnswer, type BenchRequest, json } from './bench-case.ts'
import { bulkJob } from './bulk-job.ts'
import { columns, csvLine, csvLines, object } from './salesforce-rows.ts'

const id = '750BENCH0000000001'
const road = `/services/data/v67.0/jobs/query/${id}`

const job = {
  ...bulkJob,
  id,
  operation: 'query',
}

const describe = {
  name: object,
  fields: columns.map((name) => ({
    name,
    label: name,
    type: { Id: 'id', AnnualRevenue: 'currency' }[name as string] ?? 'string',
  })),
}

/** Where the whole result is in one piece, for those who ask without a locator. */
export const wholeResult: string = `${road}/results`

/** Where the CSV of one page is, with a header of its own. */
export function pageResult(page: number): string {
  return `${road}/results?locator=page-${page}`
}

/**
 * A Bulk 2.0 query that is complete at the first look. Its result comes by `resultPages`, or as one piece: jsforce
 * breaks off at a second page.
 */
export function bulkQueryServer(rows: number, pageSize: number): (request: BenchRequest) => BenchAnswer {
  const header = Buffer.from(csvLine(columns))
  const starts = Array.from({ length: Math.ceil(rows / pageSize) }, (_, page) => page * pageSize)
  const pages = starts.map((from) => csvLines(from, Math.min(from + pageSize, rows)))
  const csv = (count: number, ...lines: readonly Buffer[]): BenchAnswer => ({
    headers: { 'content-type': 'text/csv', 'sforce-numberofrecords': String(count), 'sforce-locator': 'null' },
    body: [header, ...lines],
  })
  const complete = { ...job, state: 'JobComplete', jobType: 'V2Query', numberRecordsProcessed: rows, retries: 0 }
  return ({ method, path, query }) => {
    if (path === `${road}/results`) {
      const page = /^page-(\d+)$/.exec(query.get('locator') ?? '')?.[1]
      if (page === undefined) return csv(rows, ...pages)
      const from = Number(page) * pageSize
      return csv(Math.min(pageSize, rows - from), pages[Number(page)] ?? header)
    }
    if (path === `${road}/resultPages`) return json(pageList(Number(query.get('from') ?? 0), pages.length))
    if (path === road) return json({ ...complete, totalProcessingTime: 1 })
    if (method === 'POST' && path.endsWith('/jobs/query')) return json({ ...job, state: 'UploadComplete' })
    if (path.endsWith(`/sobjects/${object}/describe`)) return json(describe)
    return json([{ errorCode: 'NOT_FOUND', message: `Nothing is prepared for ${method} ${path}` }], 404)
  }
}

/** Five at a time, as Salesforce lists them. */
function pageList(from: number, count: number): object {
  const listed = Array.from({ length: Math.min(5, count - from) }, (_, index) => ({
    resultUrl: pageResult(from + index),
  }))
  const next = from + listed.length
  return next < count
    ? { resultPages: listed, nextRecordsUrl: `${road}/resultPages?from=${next}`, done: false }
    : { resultPages: listed, done: true }
}
