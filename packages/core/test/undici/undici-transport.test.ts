import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { accessToken, Salesforce, TimeoutError, TransportError } from '@forcewire/core'
import { Agent, ProxyAgent } from 'undici'
import { type LoopbackServer, loopbackServer } from '../support/loopback-server.ts'

const client = (server: LoopbackServer, options: object = {}): Salesforce =>
  new Salesforce({ auth: accessToken({ accessToken: 'T', instanceUrl: server.url }), retry: false, ...options })

describe('the undici transport', () => {
  it('asks for compressed answers and decompresses them', async () => {
    await using server = await loopbackServer((request, response) => {
      assert.equal(request.headers['accept-encoding'], 'gzip')
      const bytes = gzipSync(JSON.stringify({ text: 'ü'.repeat(1_000) }))
      const type = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
      response.writeHead(200, { ...type, 'content-length': bytes.length }).end(bytes)
    })
    await using salesforce = client(server)
    const { body, headers } = await salesforce.request<{ text: string }>({ path: 'x' })
    assert.equal(body.text, 'ü'.repeat(1_000))
    assert.deepEqual([headers['content-encoding'], headers['content-length']], [undefined, undefined])
  })

  it('takes an answer without a body as it is, though it calls itself compressed', async () => {
    await using server = await loopbackServer((request, response) => {
      const status = request.method === 'GET' ? 204 : 200
      const length = request.method === 'POST' ? { 'content-length': 0 } : {}
      response.writeHead(status, { 'content-encoding': 'gzip', 'content-type': 'application/json', ...length }).end()
    })
    await using salesforce = client(server)
    for (const [method, status] of [
      ['HEAD', 200],
      ['GET', 204],
      ['POST', 200],
      ['PUT', 200],
    ] as const) {
      const answer = await salesforce.request({ method, path: 'x' })
      assert.deepEqual([answer.status, answer.body], [status, undefined], method)
    }
  })

  for (const encoding of ['identity', 'gzip']) {
    it(`ends an exchange that is left before its body is read: ${encoding}`, async () => {
      const closed = Promise.withResolvers<void>()
      await using server = await loopbackServer((_, response) => {
        response.once('close', () => closed.resolve())
        response.writeHead(200, { 'content-encoding': encoding }).write(gzipSync('much').subarray(0, 12))
      })
      await using salesforce = client(server)
      const { body } = await salesforce.requestStream({ path: 'x' })
      await body[Symbol.asyncIterator]().return?.()
      await closed.promise
    })
  }

  it('says that a dispatcher is too old, and leaves nothing unhandled where one throws', async (t) => {
    await using server = await loopbackServer((_, response) => response.end())
    const unhandled: unknown[] = []
    const listen = (reason: unknown): number => unhandled.push(reason)
    process.on('unhandledRejection', listen)
    t.after(() => process.off('unhandledRejection', listen))
    const throwing = (message: string): object => ({
      dispatch: () => {
        throw new Error(message)
      },
    })
    await using old = client(server, { dispatcher: throwing('invalid onError method') })
    await assert.rejects(old.limits(), /undici 6 or older; make it with undici 7 or newer/)
    const leaving = new AbortController()
    await using full = client(server, { dispatcher: throwing('the pool is full'), retry: {} })
    full.on('retry', () => leaving.abort())
    await assert.rejects(full.limits({ signal: leaving.signal }), { name: 'AbortError' })
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(unhandled, [])
  })

  it('reports a body that breaks off, compressed or not', async () => {
    for (const encoding of [undefined, 'gzip']) {
      await using server = await loopbackServer((_, response) => {
        const json = JSON.stringify({ text: 'x'.repeat(10_000) })
        const bytes = encoding === undefined ? Buffer.from(json) : gzipSync(json)
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-length': bytes.byteLength,
          ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
        })
        response.write(bytes.subarray(0, bytes.byteLength - 5), () => response.destroy())
      })
      await using salesforce = client(server)
      await assert.rejects(salesforce.limits(), TransportError)
    }
  })

  it('streams bodies both ways', async () => {
    await using server = await loopbackServer((request, response) => {
      request.pipe(response)
    })
    await using salesforce = client(server)
    const body = async function* () {
      for (let index = 0; index < 100; index += 1) yield Buffer.alloc(10_000, index)
    }
    const answer = await salesforce.requestStream({ method: 'PUT', path: 'x', body, replay: 'always' })
    let length = 0
    for await (const chunk of answer.body) length += chunk.byteLength
    assert.equal(length, 1_000_000)
  })

  it("ends a body with the signal's own reason", async () => {
    await using server = await loopbackServer((_, response) => {
      response.write('first')
    })
    await using salesforce = client(server)
    const stop = new AbortController()
    const { body } = await salesforce.requestStream({ path: 'x' }, { signal: stop.signal })
    const reading = async (): Promise<void> => {
      for await (const chunk of body) {
        assert.equal(Buffer.from(chunk).toString(), 'first')
        stop.abort('enough')
      }
    }
    await assert.rejects(reading(), (error) => error === 'enough')
  })

  it('goes through the proxy that a dispatcher brings', async () => {
    await using server = await loopbackServer((_, response) => {
      response.end('{"by":"proxy"}')
    })
    const asked: string[] = []
    await using proxy = await loopbackServer((_, response) => response.end())
    proxy.server.on('connect', (request, socket, head) => {
      asked.push(request.url ?? '')
      const onward = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        onward.write(head)
        onward.pipe(socket).pipe(onward)
      })
    })
    const dispatcher = new ProxyAgent(proxy.url)
    await using salesforce = client(server, { dispatcher })
    assert.equal((await salesforce.request({ path: 'x' })).body, '{"by":"proxy"}')
    assert.deepEqual(asked, [new URL(server.url).host])
    await dispatcher.close()
  })

  it('gives up a connection that does not come about within connectTimeout', async () => {
    // It accepts and says nothing, so that TLS never begins.
    const sockets: Socket[] = []
    const server = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const instanceUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
    const auth = accessToken({ accessToken: 'T', instanceUrl })
    await using salesforce = new Salesforce({ auth, retry: false, connectTimeout: 20 })
    await assert.rejects(salesforce.limits(), (error) => error instanceof TimeoutError && error.phase === 'connect')
    for (const socket of sockets) socket.destroy()
    server.close()
  })

  it('takes no connectTimeout beside a dispatcher, nor one that is no time', () => {
    const auth = accessToken({ accessToken: 'T' })
    assert.throws(() => new Salesforce({ auth, connectTimeout: 1, dispatcher: new Agent() }), {
      code: 'ERR_SF_CONFIG',
      message: 'connectTimeout cannot be combined with dispatcher; give it to the dispatcher itself.',
    })
    for (const connectTimeout of [0, -1, '5', null] as never[]) {
      assert.throws(() => new Salesforce({ auth, connectTimeout }), {
        code: 'ERR_SF_CONFIG',
        message: /^connectTimeout must be a positive number of milliseconds, but is /,
      })
    }
  })

  it('leaves the dispatcher of the caller open', async () => {
    await using server = await loopbackServer((_, response) => {
      response.end('{}')
    })
    const dispatcher = new Agent()
    await client(server, { dispatcher }).close()
    await using salesforce = client(server, { dispatcher })
    await salesforce.limits()
    await dispatcher.close()
  })

  it('ends what is in flight when the client is closed', async () => {
    let arrived: () => void = () => {}
    const waiting = new Promise<void>((resolve) => {
      arrived = resolve
    })
    await using server = await loopbackServer(() => arrived())
    const salesforce = client(server)
    const refused = assert.rejects(salesforce.limits(), { code: 'ERR_SF_CONFIG', message: /client was closed/ })
    await waiting
    await salesforce.close()
    await refused
  })
})
