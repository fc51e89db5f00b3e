import { text } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { inferSchema, initParser } from 'udsv'
import { Pool } from 'undici'
import type { Contestant } from '../../bench-case.ts'
import { pageResult } from '../../bulk-query-server.ts'

const pageSize = 1000

/** The floor of the bulk query, page after page. */
export const run: Contestant = async (url, expected, gzip) => {
  const pool = new Pool(url, { connections: 1 })
  const headers = gzip ? { 'accept-encoding': 'gzip' } : {}
  let rows = 0
  let checksum = 0
  for (let page = 0; page < expected / pageSize; page += 1) {
    const { body } = await pool.request({ path: pageResult(page), method: 'GET', headers })
    const csv = await (gzip ? text(body.pipe(createGunzip())) : body.text())
    for (const record of initParser(inferSchema(csv)).stringObjs<{ Name: string }>(csv)) {
      rows += 1
      checksum += record.Name.length
    }
  }
  await pool.close()
  return { rows, checksum }
}
