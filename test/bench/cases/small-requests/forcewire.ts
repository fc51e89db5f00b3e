import { accessToken, Salesforce } from '@forcewire/core'
import type { Contestant } from '../../bench-case.ts'

export const run: Contestant = async (url, calls) => {
  await using salesforce = new Salesforce({ auth: accessToken({ accessToken: 'bench', instanceUrl: url }) })
  const accounts = salesforce.sobject('Account')
  let rows = 0
  let checksum = 0
  async function work(): Promise<void> {
    while (rows < calls) {
      rows += 1
      const { Name } = await accounts.get('001000000000001AAA')
      checksum += (Name as string).length
    }
  }
  await Promise.all(Array.from({ length: 100 }, work))
  return { rows, checksum }
}
