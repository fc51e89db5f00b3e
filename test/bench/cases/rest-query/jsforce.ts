import jsforce from 'jsforce'
import type { Contestant } from '../../bench-case.ts'

export const run: Contestant = async (url) => {
  const connection = new jsforce.Connection({ instanceUrl: url, accessToken: 'bench', version: '67.0' })
  let rows = 0
  let checksum = 0
  const query = connection.query<{ Name: string }>('SELECT Id, Name FROM Account')
  query.on('record', (record) => {
    rows += 1
    checksum += record.Name.length
  })
  await query.run({ autoFetch: true, maxFetch: 10_000_000 })
  return { rows, checksum }
}
