import { text } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { Pool } from 'undici'
import type { Contestant } from '../../bench-case.ts'

interface Account {
  readonly Name: string
}

interface Page {
  readonly records: readonly Account[]
  readonly nextRecordsUrl?: string
}

/** The least that a loop over the records can cost: one connection, one page after the other, `JSON.parse`. */
export const run: Contestant = async (url, _, gzip) => {
  let rows = 0
  let checksum = 0
  for await (const record of records(url, gzip)) {
    rows += 1
    checksum += record.Name.length
  }
  return { rows, checksum }
}

async function* records(url: string, gzip: boolean): AsyncGenerator<Account> {
  const pool = new Pool(url, { connections: 1 })
  const headers = gzip ? { 'accept-encoding': 'gzip' } : {}
  let path: string | undefined = '/services/data/v67.0/query?q=SELECT'
  while (path !== undefined) {
    const { body } = await pool.request({ path, method: 'GET', headers })
    const page = JSON.parse(await (gzip ? text(body.pipe(createGunzip())) : body.text())) as Page
    for (const record of page.records) yield record
    path = page.nextRecordsUrl
  }
  await pool.close()
}
