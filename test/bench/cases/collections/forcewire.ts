import { accessToken, Salesforce } from '@forcewire/core'
import type { Contestant } from '../../bench-case.ts'
import { newRows } from '../../salesforce-rows.ts'

export const run: Contestant = async (url, rows) => {
  await using salesforce = new Salesforce({ auth: accessToken({ accessToken: 'bench', instanceUrl: url }) })
  const results = await salesforce.collections('Account').create(newRows(rows))
  return { rows: results.length, checksum: results.filter(({ success }) => success).length }
}
