import { readBytes } from './body.ts'
import type { Gzip } from './connection.ts'
import type { PipelineRequest, Policy } from './policy.ts'

/**
 * Characters of JSON from which compressing pays: below it the round trip costs more than the bytes. A text of a
 * collections call with 200 rows is about as long.
 */
const worthwhile = 65_536

/**
 * Compresses long JSON bodies for the REST API, which takes `content-encoding: gzip` (REST API guide, "Compression
 * Headers"). Once per call, above the retries. Everything else passes untouched: bytes and streams are their maker's
 * business, and the endpoints of Apex classes and logins are not known to decompress.
 */
export function compress(gzip: Gzip): Policy {
  return (request, next) => (isWorthwhile(request) ? compressed(request, gzip).then(next) : next(request))
}

function isWorthwhile({ body, path, headers }: PipelineRequest): boolean {
  return (
    typeof body === 'string' &&
    body.length >= worthwhile &&
    path.startsWith('/services/data/') &&
    headers['content-type'] === 'application/json' &&
    headers['content-encoding'] === undefined
  )
}

async function compressed(request: PipelineRequest, gzip: Gzip): Promise<PipelineRequest> {
  const body = await readBytes(gzip(inOnePiece(request.body as string)))
  return { ...request, body, headers: { ...request.headers, 'content-encoding': 'gzip' } }
}

async function* inOnePiece(text: string): AsyncGenerator<Uint8Array, void, undefined> {
  yield new TextEncoder().encode(text)
}
