import { inferSchema, initParser } from 'udsv'
import { Pool } from 'undici'
import type { Contestant } from '../../bench-case.ts'
import { pageResult } from '../../bulk-query-server.ts'

const pageSize = 1000

/** The floor of the bulk query, page after page. */
export const run: Contestant = async (url, expected) => {
  const pool = new Pool(url, { connections: 1 })
  let rows = 0
  let checksum = 0
  for (let page = 0; page < expected / pageSize; page += 1) {
    const { body } = await pool.request({ path: pageResult(page), method: 'GET' })
    const text = await body.text()
    for (const record of initParser(inferSchema(text)).stringObjs<{ Name: string }>(text)) {
      rows += 1
      checksum += record.Name.length
    }
  }
  await pool.close()
  return { rows, checksum }
}
