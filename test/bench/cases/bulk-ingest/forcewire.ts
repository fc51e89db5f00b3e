import { accessToken, Salesforce } from '@forcewire/core'
import type { Contestant } from '../../bench-case.ts'
import { newRows } from '../../salesforce-rows.ts'

export const run: Contestant = async (url, rows, compress) => {
  await using salesforce = new Salesforce({ auth: accessToken({ accessToken: 'bench', instanceUrl: url }) })
  const options = { object: 'Account', operation: 'insert', compress } as const
  const summary = await salesforce.bulk.ingest(options, newRows(rows)).run()
  return { rows: summary.processed, checksum: summary.failed }
}
