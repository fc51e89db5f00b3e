import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { createEmulator, type Emulator } from '../../src/index.ts'
import { data, send } from '../support/harness.ts'

/** What came over a bare socket until the other side ended it. */
interface Exchange {
  readonly head: string
  /** As it was framed. */
  readonly body: Buffer
  /** `FIN`, or the code of the error. */
  readonly end: string
}

describe('a fault, seen by a bare socket,', () => {
  let emulator: Emulator
  let results: string
  before(async () => {
    emulator = await createEmulator({
      seed: { Account: Array.from({ length: 200 }, (_, i) => ({ Name: `row ${i}` })) },
    })
    emulator.pace.set({ reads: 1 })
    const order = { operation: 'query', query: 'SELECT Id, Name FROM Account' }
    const { json: job } = await send(emulator, 'POST', data('/jobs/query'), { body: order })
    results = data(`/jobs/query/${job.id}/results`)
    await send(emulator, 'GET', data(`/jobs/query/${job.id}`))
  })
  after(() => emulator.close())

  function open(path: string, ...headers: readonly string[]): Socket {
    const { hostname, port } = new URL(emulator.url)
    const socket = connect(Number(port), hostname)
    const session = `Authorization: Bearer ${emulator.credentials.accessToken}`
    socket.write([`GET ${path} HTTP/1.1`, `Host: ${hostname}`, session, ...headers, '', ''].join('\r\n'))
    return socket
  }

  async function exchange(path: string, ...headers: readonly string[]): Promise<Exchange> {
    const socket = open(path, 'Connection: close', ...headers)
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    const end = await new Promise<string>((resolve) => {
      socket.once('end', () => resolve('FIN'))
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
    })
    const whole = Buffer.concat(chunks)
    const blank = whole.indexOf('\r\n\r\n')
    return { head: whole.subarray(0, blank).toString(), body: whole.subarray(blank + 4), end }
  }

  it('lets a chunked body break off without its last chunk', async () => {
    emulator.faults.add({ path: '/results', truncate: 10 })
    const { head, body, end } = await exchange(results)
    assert.match(head, /transfer-encoding: chunked/i)
    assert.match(body.toString(), /^a\r\n"Id","Name\r\n$/)
    assert.equal(end, 'FIN')
  })

  it('lets a body of known length break off', async () => {
    emulator.faults.add({ path: '/limits', truncate: 10 })
    const { head, body, end } = await exchange(data('/limits'))
    assert.ok(Number(/content-length: (\d+)/i.exec(head)?.[1]) > 10)
    assert.deepEqual([body.length, end], [10, 'FIN'])
  })

  it('lets a packed body break off', async () => {
    emulator.faults.add({ path: '/results', truncate: 40 })
    const { head, body, end } = await exchange(results, 'Accept-Encoding: gzip')
    assert.match(head, /content-encoding: gzip/i)
    assert.doesNotMatch(body.toString('latin1'), /\r\n0\r\n\r\n$/)
    assert.equal(end, 'FIN')
  })

  it('cuts a packed body within an answer that is whole', async () => {
    for (const path of [results, data('/sobjects/Account/describe')]) {
      emulator.faults.add({ path, truncate: 40, ending: 'whole' })
      const { head, body } = await exchange(path, 'Accept-Encoding: gzip')
      assert.match(head, /content-encoding: gzip/i)
      assert.doesNotMatch(head, /content-length/i)
      assert.match(body.toString('latin1'), /\r\n0\r\n\r\n$/)
      const packed = unchunked(body)
      assert.equal(packed.length, 40)
      assert.throws(() => gunzipSync(packed), { code: 'Z_BUF_ERROR' })
    }
  })

  it('resets the connection, before the work and after it', async () => {
    for (const after of [false, true]) {
      emulator.faults.add({ path: '/limits', reset: true, after })
      const { head, end } = await exchange(data('/limits'))
      assert.deepEqual([head, end], ['', 'ECONNRESET'])
    }
  })

  it('keeps the connection of a body that falls silent', async () => {
    emulator.faults.add({ path: '/results', truncate: 10, ending: 'silence' })
    const socket = open(results)
    const { promise: begun, resolve, reject } = Promise.withResolvers<void>()
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
      if (text.endsWith('"Id","Name\r\n')) resolve()
    })
    socket.on('end', () => {
      text += 'end'
      reject(new Error(text))
    })
    await begun
    const before = text
    // Whole exchanges go by meanwhile.
    for (let i = 0; i < 3; i += 1) await send(emulator, 'GET', data('/limits'))
    assert.equal(text, before)
    socket.destroy()
  })
})

function unchunked(body: Buffer): Buffer {
  const pieces: Buffer[] = []
  for (let at = 0; ; ) {
    const line = body.indexOf('\r\n', at)
    const size = Number.parseInt(body.subarray(at, line).toString(), 16)
    if (size === 0) return Buffer.concat(pieces)
    pieces.push(body.subarray(line + 2, line + 2 + size))
    at = line + 2 + size + 2
  }
}
