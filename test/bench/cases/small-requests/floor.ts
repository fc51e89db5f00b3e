import { json } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { Pool } from 'undici'
import type { Contestant } from '../../bench-case.ts'

/** The least that a request can cost with undici: `Pool.request` and `JSON.parse`. */
export const run: Contestant = async (url, calls, gzip) => {
  const pool = new Pool(url, { connections: 100 })
  const headers = {
    authorization: 'Bearer bench',
    accept: 'application/json',
    ...(gzip ? { 'accept-encoding': 'gzip' } : {}),
  }
  const path = '/services/data/v67.0/sobjects/Account/001000000000001AAA'
  let rows = 0
  let checksum = 0
  async function work(): Promise<void> {
    while (rows < calls) {
      rows += 1
      const { body } = await pool.request({ path, method: 'GET', headers })
      const record = (await (gzip ? json(body.pipe(createGunzip())) : body.json())) as { Name: string }
      checksum += record.Name.length
    }
  }
  await Promise.all(Array.from({ length: 100 }, work))
  await pool.close()
  return { rows, checksum }
}
