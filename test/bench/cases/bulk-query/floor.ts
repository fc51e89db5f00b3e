import { createGunzip } from 'node:zlib'
import { inferSchema, initParser } from 'udsv'
import { Pool } from 'undici'
import type { Contestant } from '../../bench-case.ts'
import { wholeResult } from '../../bulk-query-server.ts'

/** The least that reading the rows can cost: the result straight into the fastest CSV parser we know, as objects. */
export const run: Contestant = async (url, _, gzip) => {
  const pool = new Pool(url, { connections: 1 })
  const headers = gzip ? { 'accept-encoding': 'gzip' } : {}
  const { body } = await pool.request({ path: wholeResult, method: 'GET', headers })
  let rows = 0
  let checksum = 0
  const decoder = new TextDecoder()
  let parser: ReturnType<typeof initParser> | undefined
  for await (const chunk of gzip ? body.pipe(createGunzip()) : body) {
    const text = decoder.decode(chunk, { stream: true })
    parser ??= initParser(inferSchema(text))
    parser.chunk<{ Name: string }>(text, parser.stringObjs, (record) => {
      rows += 1
      checksum += record.Name.length
    })
  }
  parser?.end()
  await pool.close()
  return { rows, checksum }
}
