import { gzipSync } from 'node:zlib'
import { Pool } from 'undici'
import type { Contestant } from '../../bench-case.ts'
import { newRows } from '../../salesforce-rows.ts'

const quotable = /[",\n\r]/
const jobs = '/services/data/v67.0/jobs/ingest'

/** The least that a load can cost: plain concatenation with a test for quotes, one upload, one look at the job. */
export const run: Contestant = async (url, rows, gzip) => {
  const pool = new Pool(url, { connections: 1 })
  let csv = 'Name,BillingCity,AnnualRevenue\n'
  for (const row of newRows(rows)) csv += `${field(row.Name)},${field(row.BillingCity)},${row.AnnualRevenue}\n`
  const upload = await pool.request({
    path: `${jobs}/750BENCH000000000A/batches`,
    method: 'PUT',
    headers: gzip ? { 'content-encoding': 'gzip' } : {},
    body: gzip ? gzipSync(csv, { level: 1 }) : csv,
  })
  await upload.body.dump()
  const { body } = await pool.request({ path: `${jobs}/750BENCH000000000A`, method: 'GET' })
  const job = (await body.json()) as { numberRecordsProcessed: number; numberRecordsFailed: number }
  await pool.close()
  return { rows: job.numberRecordsProcessed, checksum: job.numberRecordsFailed }
}

function field(value: string): string {
  return quotable.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
