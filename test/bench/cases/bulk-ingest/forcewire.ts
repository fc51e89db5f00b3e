import { accessToken, Salesforce } from '@forcewire/core'
import type { Contestant } from '../../bench-case.ts'
import { newRows } from './rows.ts'

export const run: Contestant = async (url) => {
  await using salesforce = new Salesforce({ auth: accessToken({ accessToken: 'bench', instanceUrl: url }) })
  const summary = await salesforce.bulk.ingest({ object: 'Account', operation: 'insert' }, newRows()).run()
  return { rows: summary.processed, checksum: summary.failed }
}
