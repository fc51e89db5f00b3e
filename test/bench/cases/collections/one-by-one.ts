import { accessToken, Salesforce } from '@forcewire/core'
import type { Contestant } from '../../bench-case.ts'
import { newRows } from '../../salesforce-rows.ts'

export const run: Contestant = async (url, expected) => {
  await using salesforce = new Salesforce({ auth: accessToken({ accessToken: 'bench', instanceUrl: url }) })
  const accounts = salesforce.sobject('Account')
  let rows = 0
  let checksum = 0
  for (const row of newRows(expected)) {
    const { success } = await accounts.create({ ...row })
    rows += 1
    if (success) checksum += 1
  }
  return { rows, checksum }
}
