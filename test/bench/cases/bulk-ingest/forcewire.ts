import { accessToken, Salesforce } from '@forcewire/core'
import type { Contestant } from '../../bench-case.ts'
import { newRows } from '../../salesforce-rows.ts'

export const run: Contestant = async (url, rows) => {
  await using salesforce = new Salesforce({ auth: accessToken({ accessToken: 'bench', instanceUrl: url }) })
  const summary = await salesforce.bulk.ingest({ object: 'Account', operation: 'insert' }, newRows(rows)).run()
  return { rows: summary.processed, checksum: summary.failed }
}
