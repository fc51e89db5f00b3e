import { accessToken, Salesforce } from '@forcewire/core'
import type { Contestant } from '../../bench-case.ts'
import { newRows } from '../../salesforce-rows.ts'

/** A load in jobs of 10,000 rows. */
export function load(jobsInFlight: number): Contestant {
  return async (url, rows) => {
    await using salesforce = new Salesforce({ auth: accessToken({ accessToken: 'bench', instanceUrl: url }) })
    const options = { object: 'Account', operation: 'insert', maxRows: 10_000, jobsInFlight } as const
    const summary = await salesforce.bulk.ingest(options, newRows(rows)).run()
    return { rows: summary.processed, checksum: summary.failed }
  }
}
