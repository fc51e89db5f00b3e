import { crc32 } from 'node:zlib'
import { accessToken, Salesforce } from '@forcewire/core'
import type { Contestant } from '../../bench-case.ts'

export const run: Contestant = async (url) => {
  await using salesforce = new Salesforce({ auth: accessToken({ accessToken: 'bench', instanceUrl: url }) })
  let rows = 0
  let checksum = 0
  const soql = 'SELECT Id, Name, BillingCity, AnnualRevenue FROM Account'
  for await (const chunk of salesforce.bulk.query(soql).csv()) {
    rows += chunk.length
    checksum = crc32(chunk, checksum)
  }
  return { rows, checksum }
}
