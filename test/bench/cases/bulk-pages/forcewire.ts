import { accessToken, Salesforce } from '@forcewire/core'
import type { Contestant } from '../../bench-case.ts'

export const run: Contestant = async (url) => {
  await using salesforce = new Salesforce({ auth: accessToken({ accessToken: 'bench', instanceUrl: url }) })
  let rows = 0
  let checksum = 0
  const soql = 'SELECT Id, Name, BillingCity, AnnualRevenue FROM Account'
  for await (const record of salesforce.bulk.query<{ Name: string }>(soql)) {
    rows += 1
    checksum += record.Name.length
  }
  return { rows, checksum }
}
