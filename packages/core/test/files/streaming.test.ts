import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { describe, it } from 'node:test'
import { accessToken, Salesforce } from '@forcewire/core'
import { loopbackServer } from '../support/loopback-server.ts'
import { documentId, versionId } from './sink.ts'

const chunk = new Uint8Array(1 << 16)
const upload = { pathOnClient: 'big.bin', contentDocumentId: documentId }

/** A server that takes connections and never reads from them: the buffers fill up. */
async function deafServer(): Promise<AsyncDisposable & { readonly listener: Server; readonly url: string }> {
  const sockets: Socket[] = []
  const listener = createServer({ pauseOnConnect: true }, (socket) => {
    socket.on('error', () => {})
    sockets.push(socket)
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    listener,
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      listener.close()
    },
  }
}

describe('an upload of 200 MB', () => {
  it('passes through without being collected', async () => {
    let arrived = 0
    let pulled = 0
    let furthestAhead = 0
    await using server = await loopbackServer((request, response) => {
      request.on('data', (bytes: Buffer) => {
        arrived += bytes.length
      })
      request.on('end', () => response.writeHead(201).end(JSON.stringify({ id: versionId })))
    })
    await using salesforce = new Salesforce({ auth: accessToken({ accessToken: 'T', instanceUrl: server.url }) })
    async function* data(): AsyncGenerator<Uint8Array> {
      for (let index = 0; index < 3_200; index += 1) {
        furthestAhead = Math.max(furthestAhead, pulled - arrived)
        pulled += chunk.length
        yield chunk
      }
    }
    await salesforce.files.upload({ ...upload, data: data() })
    assert.ok(arrived > 3_200 * chunk.length)
    // What is on its way: buffers of the client, of two sockets and of the server.
    assert.ok(furthestAhead < 32 << 20, `${furthestAhead} bytes were ahead`)
  })

  it('is pulled no further than the network takes it', async () => {
    let pulled = 0
    await using server = await deafServer()
    const stop = new AbortController()
    await using salesforce = new Salesforce({ auth: accessToken({ accessToken: 'T', instanceUrl: server.url }) })
    let closed = false
    async function* data(): AsyncGenerator<Uint8Array> {
      try {
        for (let index = 0; index < 3_200; index += 1) {
          pulled += chunk.length
          yield chunk
        }
      } finally {
        closed = true
      }
    }
    const connected = once(server.listener, 'connection')
    const sent = salesforce.files.upload({ ...upload, data: data() }, { signal: stop.signal })
    await connected
    for (let seen = -1; seen !== pulled; ) {
      seen = pulled
      for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    }
    stop.abort(new Error('enough'))
    await assert.rejects(sent, /enough/)
    assert.ok(pulled < 64 << 20, `${pulled} bytes were pulled`)
    await new Promise((resolve) => setImmediate(resolve))
    assert.ok(closed, 'the source was let go')
  })
})

describe('an upload whose source is stuck', () => {
  it('ends when it is aborted', async () => {
    const stop = new AbortController()
    const pulled = Promise.withResolvers<void>()
    await using server = await loopbackServer((request) => request.resume())
    await using salesforce = new Salesforce({ auth: accessToken({ accessToken: 'T', instanceUrl: server.url }) })
    async function* data(): AsyncGenerator<Uint8Array> {
      pulled.resolve()
      await new Promise(() => {})
      yield chunk
    }
    const sent = salesforce.files.upload({ ...upload, data: data() }, { signal: stop.signal })
    await pulled.promise
    stop.abort(new Error('enough'))
    await assert.rejects(sent, /enough/)
  })
})

describe('a stream that is sent with another size than announced', () => {
  it('is refused before Salesforce saves it', async () => {
    let saved = 0
    await using server = await loopbackServer((request, response) => {
      request.on('error', () => {})
      request.resume().on('end', () => {
        saved += 1
        response.writeHead(201).end(JSON.stringify({ id: versionId }))
      })
    })
    await using salesforce = new Salesforce({ auth: accessToken({ accessToken: 'T', instanceUrl: server.url }) })
    const data = async function* (): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(5)
    }
    await assert.rejects(salesforce.files.upload({ ...upload, data, size: 6 }), {
      code: 'ERR_SF_CONFIG',
      message: 'size says 6 bytes, but the stream of data has only 5; nothing was saved.',
    })
    await assert.rejects(salesforce.files.upload({ ...upload, data: data(), size: 4 }), {
      code: 'ERR_SF_CONFIG',
      message: 'size says 4 bytes, but the stream of data has more; nothing was saved.',
    })
    assert.equal(saved, 0)
  })
})
