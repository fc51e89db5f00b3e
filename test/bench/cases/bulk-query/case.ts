import { type BenchCase, json } from '../../bench-case.ts'
import { benchRow, checksumOf, columns, csvLine, object } from '../../salesforce-rows.ts'

const rows = 200_000
const id = '750BENCH000000001'

const job = {
  id,
  operation: 'query',
  object,
  createdById: '005000000000001AAA',
  createdDate: '2026-01-01T00:00:00.000+0000',
  systemModstamp: '2026-01-01T00:00:00.000+0000',
  concurrencyMode: 'Parallel',
  contentType: 'CSV',
  apiVersion: 67.0,
  lineEnding: 'LF',
  columnDelimiter: 'COMMA',
}

/** A Bulk 2.0 query whose result is one page, as Salesforce gives it up to some 250,000 rows. */
export const benchCase: BenchCase = {
  title: `Bulk query, ${rows.toLocaleString('en')} rows of ${columns.length} columns`,
  unit: 'rows',
  expected: { rows, checksum: checksumOf(rows) },
  contestants: ['forcewire', 'jsforce', 'floor'],
  repetitions: 5,
  prepare() {
    const lines = [csvLine(columns)]
    for (let index = 0; index < rows; index += 1) lines.push(csvLine(Object.values(benchRow(index))))
    const csv = Buffer.from(lines.join(''))
    const headers = { 'content-type': 'text/csv', 'sforce-numberofrecords': String(rows), 'sforce-locator': 'null' }
    const results = `/services/data/v67.0/jobs/query/${id}/results`
    return ({ method, path }) => {
      if (path.endsWith(`/jobs/query/${id}/results`)) return { headers, body: csv }
      if (path.endsWith('/resultPages')) return json({ resultPages: [{ resultUrl: results }], done: true })
      if (path.endsWith(`/jobs/query/${id}`)) {
        return json({
          ...job,
          state: 'JobComplete',
          jobType: 'V2Query',
          numberRecordsProcessed: rows,
          retries: 0,
          totalProcessingTime: 1,
        })
      }
      if (method === 'POST' && path.endsWith('/jobs/query')) return json({ ...job, state: 'UploadComplete' })
      if (path.endsWith(`/sobjects/${object}/describe`)) return json(describe)
      return json([{ errorCode: 'NOT_FOUND', message: `Nothing is prepared for ${method} ${path}` }], 404)
    }
  },
}

const describe = {
  name: object,
  fields: columns.map((name) => ({
    name,
    label: name,
    type: { Id: 'id', AnnualRevenue: 'currency' }[name as string] ?? 'string',
  })),
}
