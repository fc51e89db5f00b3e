import { crc32, createGunzip } from 'node:zlib'
import { Pool } from 'undici'
import type { Contestant } from '../../bench-case.ts'
import { wholeResult } from '../../bulk-query-server.ts'

/** The least that it can cost: the bytes as they come. */
export const run: Contestant = async (url, _, gzip) => {
  const pool = new Pool(url, { connections: 1 })
  const headers = gzip ? { 'accept-encoding': 'gzip' } : {}
  const { body } = await pool.request({ path: wholeResult, method: 'GET', headers })
  let rows = 0
  let checksum = 0
  for await (const chunk of (gzip ? body.pipe(createGunzip()) : body) as AsyncIterable<Buffer>) {
    rows += chunk.length
    checksum = crc32(chunk, checksum)
  }
  await pool.close()
  return { rows, checksum }
}
