import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { createGunzip, gzipSync } from 'node:zlib'
import type { BenchAnswer, BenchRequest } from './bench-case.ts'
import { findCase } from './cases.ts'

/**
 * The neutral server of one case, in a process of its own: `node static-server.ts <case>`. All answers are prepared,
 * so it costs the contestants no time. It compresses them in the cases that are about that, and else never, so that
 * nobody gains or loses by asking for it. `GET /seen` tells how many requests came since the last time, and the sum of
 * what they uploaded.
 */
const { benchCase } = await findCase(process.argv[2] ?? '')
const { latency = 0, gzip = false } = benchCase
const answer = benchCase.prepare()
const compressed = new WeakMap<Buffer, Buffer>()
const newline = '\n'.charCodeAt(0)
const keptBytes = 1_000_000

/** What came to the server since somebody asked. */
export interface Seen {
  readonly requests: number
  readonly uploaded: number
}

let seen: Seen = { requests: 0, uploaded: 0 }

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost')
  if (url.pathname === '/seen') {
    response.end(JSON.stringify(seen))
    seen = { requests: 0, uploaded: 0 }
    return
  }
  const body = await measured(request)
  seen = { requests: seen.requests + 1, uploaded: seen.uploaded + (request.method === 'PUT' ? body.sum : 0) }
  const made = answer({ method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, body })
  if (latency > 0) await wait(latency)
  await write(response, made, gzip && request.headers['accept-encoding']?.includes('gzip') === true)
})

// A contestant that is busy for seconds finds its connection as it left it.
server.keepAliveTimeout = 600_000
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})

async function write(response: ServerResponse, { status = 200, headers, body = [] }: BenchAnswer, zip: boolean) {
  const pieces = (Buffer.isBuffer(body) ? [body] : body).map((piece) => (zip ? gzipped(piece) : piece))
  response.writeHead(status, {
    // A server that compresses on its way, like Salesforce's, does not know the length and sends chunks.
    ...(zip
      ? { 'content-encoding': 'gzip' }
      : { 'content-length': pieces.reduce((length, piece) => length + piece.length, 0) }),
    'sforce-limit-info': 'api-usage=1/1000000',
    ...headers,
  })
  for (const piece of pieces) {
    if (response.write(piece) || response.destroyed) continue
    await new Promise((resolve) => response.once('drain', resolve).once('close', resolve))
  }
  response.end()
}

/** Compressed once: contestants come again and again. Pieces of gzip one after the other are a gzip as well. */
function gzipped(piece: Buffer): Buffer {
  const made = compressed.get(piece) ?? gzipSync(piece)
  compressed.set(piece, made)
  return made
}

async function measured(request: IncomingMessage): Promise<BenchRequest['body']> {
  const kept: Buffer[] = []
  let bytes = 0
  let lines = 0
  let sum = 0
  const plain = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request
  for await (const chunk of plain as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= keptBytes) kept.push(chunk)
    for (let at = 0; at < chunk.length; at += 1) {
      if (lines > 0) sum += chunk[at] as number
      if (chunk[at] === newline) lines += 1
    }
  }
  return { bytes, lines, sum, text: bytes <= keptBytes ? Buffer.concat(kept).toString() : '' }
}
