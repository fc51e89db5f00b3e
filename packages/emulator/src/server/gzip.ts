import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { createGunzip, createGzip, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify'

const compress = promisify(gzip)
/** Below this many bytes gzip costs more than it saves. */
const WORTHWHILE = 1024

/** Unpacks a request body that came with `Content-Encoding: gzip`; Salesforce accepts these on every road. */
export function gunzipRequest(call: FastifyRequest, payload: RequestPayload): RequestPayload {
  if (call.headers['content-encoding'] !== 'gzip') return payload
  delete call.headers['content-encoding']
  // The length told is that of the packed body; the parser would take the difference for a broken upload.
  delete call.headers['content-length']
  const unpacked = createGunzip()
  payload.on('error', (error) => unpacked.destroy(error))
  return payload.pipe(unpacked)
}

/** Packs an answer for clients that accept gzip, streams included. */
export async function gzipAnswer(call: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (!accepts(call) || reply.hasHeader('content-encoding')) return payload
  if (payload instanceof Readable) return packed(reply, payload.pipe(createGzip()))
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload
  if (payload.length < WORTHWHILE) return payload
  return packed(reply, await compress(payload))
}

function accepts(call: FastifyRequest): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:\s|,|$))/.test(String(call.headers['accept-encoding'] ?? ''))
}

function packed<T>(reply: FastifyReply, payload: T): T {
  reply.header('content-encoding', 'gzip').header('vary', 'Accept-Encoding').removeHeader('content-length')
  return payload
}
