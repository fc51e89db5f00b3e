import jsforce from 'jsforce'
import type { Contestant } from '../../bench-case.ts'

export const run: Contestant = async (url) => {
  const connection = new jsforce.Connection({ instanceUrl: url, accessToken: 'bench', version: '67.0' })
  let rows = 0
  let checksum = 0
  const options = { pollInterval: 100, pollTimeout: 60_000 }
  const records = await connection.bulk2.query('SELECT Id, Name, BillingCity, AnnualRevenue FROM Account', options)
  await new Promise<void>((resolve, reject) => {
    records
      .on('record', (record: { Name: string }) => {
        rows += 1
        checksum += record.Name.length
      })
      .on('error', reject)
      .on('end', resolve)
      // By itself it stops after 1,000,000 records: it fills a stream of its own that nobody reads.
      .unpipe()
      .resume()
  })
  return { rows, checksum }
}
