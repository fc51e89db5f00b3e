import jsforce from 'jsforce'
import type { Contestant } from '../../bench-case.ts'

/** Looped over as it invites to: an `on('record')` instead would end after 1,000,000 records, without a word. */
export const run: Contestant = async (url) => {
  const connection = new jsforce.Connection({ instanceUrl: url, accessToken: 'bench', version: '67.0' })
  let rows = 0
  let checksum = 0
  const options = { pollInterval: 100, pollTimeout: 60_000 }
  const records = await connection.bulk2.query('SELECT Id, Name, BillingCity, AnnualRevenue FROM Account', options)
  for await (const record of records as AsyncIterable<{ Name: string }>) {
    rows += 1
    checksum += record.Name.length
  }
  return { rows, checksum }
}
