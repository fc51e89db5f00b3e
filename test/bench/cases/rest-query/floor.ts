import { text } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { Pool } from 'undici'
import type { Contestant } from '../../bench-case.ts'

interface Page {
  readonly records: readonly { readonly Name: string }[]
  readonly nextRecordsUrl?: string
}

/** The least that reading the pages can cost: one connection, one page after the other, `JSON.parse`. */
export const run: Contestant = async (url, _, gzip) => {
  const pool = new Pool(url, { connections: 1 })
  const headers = gzip ? { 'accept-encoding': 'gzip' } : {}
  let rows = 0
  let checksum = 0
  let path: string | undefined = '/services/data/v67.0/query?q=SELECT'
  while (path !== undefined) {
    const { body } = await pool.request({ path, method: 'GET', headers })
    const page = JSON.parse(await (gzip ? text(body.pipe(createGunzip())) : body.text())) as Page
    for (const record of page.records) {
      rows += 1
      checksum += record.Name.length
    }
    path = page.nextRecordsUrl
  }
  await pool.close()
  return { rows, checksum }
}
