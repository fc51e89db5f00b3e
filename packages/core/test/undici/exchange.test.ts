import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Agent } from 'undici'
import type { TransportRequest, TransportResponse } from '../../src/http/transport.ts'
import { undiciTransport } from '../../src/undici/undici-transport.ts'
import { type LoopbackServer, loopbackServer } from '../support/loopback-server.ts'

async function answerOf(
  server: LoopbackServer,
  more: Partial<TransportRequest> = {},
): Promise<TransportResponse & AsyncDisposable> {
  const agent = new Agent()
  const response = await undiciTransport(agent)({ method: 'GET', url: `${server.url}/x`, headers: {}, ...more })
  return { ...response, [Symbol.asyncDispose]: () => agent.destroy() }
}

describe('an exchange', () => {
  it('hands out a small body in one piece along with the headers', async () => {
    await using server = await loopbackServer((_, response) => response.end('{"small":true}'))
    await using answer = await answerOf(server)
    assert.equal(Buffer.from(answer.whole ?? []).toString(), '{"small":true}')
  })

  it('knows an empty body as whole', async () => {
    await using server = await loopbackServer((_, response) => response.writeHead(204).end())
    await using answer = await answerOf(server)
    assert.deepEqual([answer.status, answer.whole?.byteLength], [204, 0])
  })

  it('takes no part of a body for the whole', async () => {
    await using server = await loopbackServer((_, response) => {
      response.writeHead(200, { 'content-length': 10 }).write('half ')
    })
    await using answer = await answerOf(server)
    assert.equal(answer.whole, undefined)
  })

  it('reads on behind an interim answer', async () => {
    await using server = await loopbackServer((_, response) => {
      response.writeEarlyHints({ link: '</x>; rel=preload' })
      response.end('after the hints')
    })
    await using answer = await answerOf(server)
    const chunks: Uint8Array[] = []
    for await (const chunk of answer.body) chunks.push(chunk)
    assert.deepEqual([answer.status, Buffer.concat(chunks).toString()], [200, 'after the hints'])
  })

  it('lets the server wait while nobody reads, and hands every byte out in order', async () => {
    const length = 40_000_000
    let taken = 0
    await using server = await loopbackServer(async (_, response) => {
      for (taken = 0; taken < length; taken += 100_000) {
        if (response.write(Buffer.alloc(100_000, (taken / 100_000) % 256))) continue
        await new Promise((resolve) => response.once('drain', resolve))
      }
      response.end()
    })
    await using answer = await answerOf(server)
    // Long enough for all of it, if somebody took it.
    for (let turn = 0; turn < 1_000; turn += 1) await new Promise(setImmediate)
    assert.ok(taken < length / 2, `${taken} bytes came although nobody reads`)
    let read = 0
    for await (const chunk of answer.body) {
      assert.equal(chunk[0], Math.floor(read / 100_000) % 256)
      read += chunk.byteLength
    }
    assert.equal(read, length)
  })

  it('ends its connection when the body is left', async () => {
    let closed: () => void = () => {}
    const left = new Promise<void>((resolve) => {
      closed = resolve
    })
    await using server = await loopbackServer((_, response) => {
      response.once('close', closed)
      response.write('first')
    })
    await using answer = await answerOf(server)
    for await (const _ of answer.body) break
    await left
  })

  it('ends whoever waits for headers or for bytes when the signal is aborted', async () => {
    let asked: () => void = () => {}
    const began = new Promise<void>((resolve) => {
      asked = resolve
    })
    await using silent = await loopbackServer(() => asked())
    const stop = new AbortController()
    const answer = answerOf(silent, { signal: stop.signal })
    await began
    stop.abort('enough')
    await assert.rejects(answer, (reason) => reason === 'enough')

    await using slow = await loopbackServer((_, response) => {
      response.write('first')
    })
    const later = new AbortController()
    await using half = await answerOf(slow, { signal: later.signal })
    const chunks = half.body[Symbol.asyncIterator]()
    await chunks.next()
    const next = chunks.next()
    later.abort('enough')
    await assert.rejects(next, (reason) => reason === 'enough')
  })

  it('tells of a body that breaks off, behind the bytes that came', async () => {
    await using server = await loopbackServer((_, response) => {
      response.writeHead(200, { 'content-length': 10 }).write('half ', () => response.destroy())
    })
    await using answer = await answerOf(server)
    const chunks = answer.body[Symbol.asyncIterator]()
    const { value } = await chunks.next()
    assert.equal(Buffer.from(value ?? []).toString(), 'half ')
    await assert.rejects(chunks.next(), { code: 'UND_ERR_SOCKET' })
  })
})
