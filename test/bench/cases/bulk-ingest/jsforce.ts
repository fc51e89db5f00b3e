import jsforce from 'jsforce'
import type { Contestant } from '../../bench-case.ts'
import { newRows } from '../../salesforce-rows.ts'

/** Without fetching the result lists, which jsforce's shortcut would do and the others do not. */
export const run: Contestant = async (url, rows) => {
  const connection = new jsforce.Connection({ instanceUrl: url, accessToken: 'bench', version: '67.0' })
  const job = connection.bulk2.createJob({ object: 'Account', operation: 'insert' })
  await job.open()
  await job.uploadData([...newRows(rows)])
  await job.close()
  await job.poll(100, 60_000)
  const { numberRecordsProcessed, numberRecordsFailed } = await job.check()
  return { rows: numberRecordsProcessed, checksum: numberRecordsFailed }
}
