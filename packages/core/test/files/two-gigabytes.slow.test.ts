import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type LoopbackServer, loopbackServer } from '../support/loopback-server.ts'
import { versionId } from './sink.ts'
import type { Transferred, Way } from './transfer.ts'

const small = 100_000_000
/** The largest file that Salesforce takes. */
const large = 2 ** 31
const chunk = new Uint8Array(1 << 16)
const program = fileURLToPath(new URL('transfer.ts', import.meta.url))
const node = promisify(execFile)

/** A server that counts and throws away what it gets, and gives as many bytes as it is told. */
class Org {
  received = 0
  size = 0

  readonly answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for await (const { length } of request as AsyncIterable<Buffer>) this.received += length
    if (request.method === 'POST') response.writeHead(201).end(JSON.stringify({ id: versionId }))
    else if (/Body|VersionData/.test(request.url ?? '')) this.#give(response)
    else response.end(JSON.stringify({ LatestPublishedVersionId: versionId }))
  }

  #give(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': this.size })
    let left = this.size
    const more = (): void => {
      while (left > 0) {
        const piece = chunk.subarray(0, Math.min(left, chunk.length))
        left -= piece.length
        if (!response.write(piece)) return
      }
      response.end()
    }
    response.on('drain', more)
    more()
  }
}

async function transfer(way: Way, size: number): Promise<Transferred & { readonly received: number }> {
  const org = new Org()
  org.size = size
  await using server: LoopbackServer = await loopbackServer(org.answer)
  const { stdout } = await node(process.execPath, [
    '--conditions=forcewire-source',
    program,
    way,
    String(size),
    server.url,
  ])
  return { ...(JSON.parse(stdout) as Transferred), received: org.received }
}

describe('a file of 2 GB takes little more memory than one of 100 MB', () => {
  for (const way of ['upload', 'upload of a stream', 'download', 'requestStream'] satisfies Way[]) {
    test(way, async (context) => {
      const { peakMegabytes: usual } = await transfer(way, small)
      const { bytes, received, peakMegabytes } = await transfer(way, large)
      context.diagnostic(`${usual.toFixed(0)} MB at the most for 100 MB, ${peakMegabytes.toFixed(0)} MB for 2 GB`)
      assert.equal(bytes, large)
      if (way.startsWith('upload')) assert.ok(received > large && received < large + 2_000, `${received} bytes arrived`)
      assert.ok(peakMegabytes < usual + 100, `${peakMegabytes} MB for 2 GB, ${usual} MB for 100 MB`)
    })
  }
})
