import { pipeline, Readable } from 'node:stream'
import { createGunzip, createGzip, createInflate, type Gunzip, gzip, type Inflate } from 'node:zlib'
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify'
import { hasBody, unsupportedEncoding } from './media-types.ts'

/** Below this many bytes gzip costs more than it saves. */
const WORTHWHILE = 1024

/** What bodies may be packed with (REST API Developer Guide, "Compression Headers"). */
const UNPACKERS: ReadonlyMap<string, () => Gunzip | Inflate> = new Map([
  ['gzip', createGunzip],
  ['deflate', createInflate],
])

/** Unpacks a request body that came packed, on every road; one that is packed in another way is refused with 415. */
export function unpackRequest(call: FastifyRequest, reply: FastifyReply, payload: RequestPayload): RequestPayload {
  const encoding = call.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding === 'identity' || !hasBody(call)) return payload
  const unpacker = UNPACKERS.get(encoding)
  if (!unpacker) throw unsupportedEncoding(encoding)
  delete call.headers['content-encoding']
  // The length told is that of the packed body; the parser would take the difference for a broken upload.
  delete call.headers['content-length']
  const unpacked = unpacker()
  payload.on('error', (error) => unpacked.destroy(error))
  // A client may break off before the road reads: nobody else listens then, and the error would end the process.
  unpacked.on('error', () => {})
  // A road may answer without reading; what it left of the body stands in the way of the connection's next request.
  reply.raw.once('finish', () => {
    payload.unpipe(unpacked).resume()
    unpacked.destroy()
  })
  return payload.pipe(unpacked)
}

/** Packs an answer for clients that accept gzip, also streams, but those whose length is told. Hands over at once what stays as it is. */
export function gzipAnswer(
  call: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: (error: Error | null, payload: unknown) => void,
): void {
  if (!accepts(call) || reply.hasHeader('content-encoding')) done(null, payload)
  else if (payload instanceof Readable && reply.hasHeader('content-length')) done(null, payload)
  else if (payload instanceof Readable) done(null, packed(reply, packing(payload)))
  else if ((typeof payload !== 'string' && !Buffer.isBuffer(payload)) || payload.length < WORTHWHILE)
    done(null, payload)
  else gzip(payload, (error, bytes) => done(error, packed(reply, bytes)))
}

/** A stream that fails fails the answer too, whose connection drops: its reader would wait for the rest for ever. */
function packing(payload: Readable): Readable {
  return pipeline(payload, createGzip(), () => {})
}

function accepts(call: FastifyRequest): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:\s|,|$))/.test(String(call.headers['accept-encoding'] ?? ''))
}

function packed<T>(reply: FastifyReply, payload: T): T {
  reply.header('content-encoding', 'gzip').header('vary', 'Accept-Encoding').removeHeader('content-length')
  return payload
}
