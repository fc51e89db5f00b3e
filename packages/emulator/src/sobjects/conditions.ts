import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { StoredRow } from '../schema/types.ts'
import { badCondition } from './errors.ts'

/** What a conditional request is compared with. */
export interface Validators {
  /** When the resource last changed, in epoch milliseconds; HTTP dates have whole seconds. */
  readonly modified: number
  /** The ETag of the resource, undefined where Salesforce gives none. */
  readonly etag?: string | undefined
}

/**
 * Answers a conditional request itself and says so: 304 where the client's copy is still good, 412 where the resource
 * is not what the client takes it for, both without a body. A read tells Last-Modified and ETag, a 304 too. Strong
 * validators win over dates, as in HTTP/1.1; a bad value is 400 on a write and passed over on a read.
 *
 * Source: REST API Developer Guide, "Conditional Request Headers"; recorded: `cci-composite-083`.
 */
export function settledByConditions(
  { modified, etag }: Validators,
  call: FastifyRequest,
  reply: FastifyReply,
): boolean {
  const seconds = Math.floor(modified / 1000) * 1000
  const { headers, method } = call
  const writes = method !== 'GET' && method !== 'HEAD'
  if (!writes) reply.header('last-modified', new Date(seconds).toUTCString())
  if (!writes && etag !== undefined) reply.header('etag', etag)
  const ifMatch = headers['if-match']
  const ifNoneMatch = headers['if-none-match']
  const since = headerDate('If-Unmodified-Since', headers['if-unmodified-since'], writes)
  if (ifMatch !== undefined && etag !== undefined) {
    if (!names(ifMatch, etag)) return settle(reply, 412)
  } else if (since !== undefined && seconds > since) {
    return settle(reply, 412)
  }
  if (ifNoneMatch !== undefined && etag !== undefined) {
    if (names(ifNoneMatch, etag)) return settle(reply, writes ? 412 : 304)
  } else if (!writes) {
    const known = headerDate('If-Modified-Since', headers['if-modified-since'], false)
    if (known !== undefined && seconds <= known) return settle(reply, 304)
  }
  return false
}

/** The ETag of a record: a hash of its content, in quotes. */
export function recordEtag(row: Readonly<StoredRow>): string {
  return `"${createHash('sha1').update(JSON.stringify(row)).digest('base64')}"`
}

function settle(reply: FastifyReply, status: 304 | 412): true {
  reply.code(status)
  return true
}

function headerDate(name: string, value: string | undefined, strict: boolean): number | undefined {
  if (value === undefined) return undefined
  const time = Date.parse(value)
  if (!Number.isNaN(time)) return time
  if (strict) throw badCondition(name, value)
  return undefined
}

/** Salesforce's proxies put `-gzip` or `--gzip` into the ETags of compressed answers; clients send them back so. */
function names(list: string, etag: string): boolean {
  if (list.trim() === '*') return true
  return list.split(',').some(
    (entry) =>
      entry
        .trim()
        .replace(/^W\//, '')
        .replace(/-{1,2}gzip"?$/, '"') === etag,
  )
}
