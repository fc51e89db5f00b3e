import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import type { Transport, TransportRequest } from '@forcewire/core/portable'
import { ConfigurationError, TimeoutError } from '@forcewire/core/portable'
import type { ICredentialType, IExecuteFunctions, IHttpRequestOptions, INode } from 'n8n-workflow'
import { hostTransport } from '../../../nodes/shared/host-transport.ts'
import { FakeHttp } from './fake-http.ts'

let server: Server
let answer: (request: IncomingMessage, body: Buffer, response: ServerResponse) => void
before(async () => {
  server = createServer(async (request, response) => {
    const chunks = await Array.fromAsync(request)
    answer(request, Buffer.concat(chunks), response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
after(() => {
  server.closeAllConnections()
  server.close()
})

/** A credential whose every login gives the next number as token. */
function transport(asSeenByN8n = (options: IHttpRequestOptions): IHttpRequestOptions => options): Transport {
  const { port } = server.address() as AddressInfo
  let logins = 0
  const type: ICredentialType = {
    name: 'testApi',
    displayName: 'Test API',
    properties: [],
    preAuthentication: async () => ({ accessToken: String(++logins) }),
    authenticate: async ({ accessToken }, request) => ({
      ...request,
      baseURL: `http://127.0.0.1:${port}`,
      headers: { ...request.headers, authorization: `Bearer ${accessToken}` },
    }),
  }
  const http = new FakeHttp({ name: 'Test' } as INode, [{ type, data: { accessToken: '' } }])
  const helpers = {
    httpRequestWithAuthentication: (name: string, options: IHttpRequestOptions) =>
      http.httpRequestWithAuthentication(name, asSeenByN8n(options)),
  }
  return hostTransport({ helpers, getNode: () => ({ name: 'Test' }) } as unknown as IExecuteFunctions, 'testApi')
}

const get: TransportRequest = { method: 'GET', url: '/thing', headers: {} }

async function text(body: AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.concat(await Array.fromAsync(body)).toString()
}

describe('the transport inside n8n', () => {
  it('sends exactly the bytes of a view, of a text and of a stream', async () => {
    answer = (_request, body, response) => response.end(body)
    const send = transport()
    const whole = new TextEncoder().encode('0123456789')
    const post = (body: NonNullable<TransportRequest['body']>) =>
      send({ method: 'POST', url: '/', headers: { 'content-type': 'text/csv' }, body })
    async function* stream(): AsyncGenerator<Uint8Array> {
      yield whole.subarray(0, 2)
      yield whole.subarray(4, 6)
    }
    assert.equal(await text((await post(whole.subarray(3, 6))).body), '345')
    assert.equal(await text((await post('{"ä":1}')).body), '{"ä":1}')
    assert.equal(await text((await post(stream())).body), '0145')
  })

  it('hands an error status over with its headers and body instead of throwing', async () => {
    answer = (_request, _body, response) => response.writeHead(503, { 'Retry-After': '7' }).end('[{"errorCode":"X"}]')
    const { status, headers, body } = await transport()(get)
    assert.deepEqual([status, headers['retry-after'], await text(body)], [503, '7', '[{"errorCode":"X"}]'])
  })

  it('lets n8n renew the token after a 401 and sends the request once more', async () => {
    const tokens: (string | undefined)[] = []
    answer = ({ headers }, _body, response) => {
      tokens.push(headers.authorization)
      response.writeHead(headers.authorization === 'Bearer 1' ? 401 : 200).end('done')
    }
    const { status } = await transport()(get)
    assert.deepEqual([status, tokens], [200, ['Bearer 1', 'Bearer 2']])
  })

  it('gets the token renewed by an n8n before 2.16 too, which takes any wish about statuses for "accept all"', async () => {
    answer = ({ headers }, _body, response) => {
      response.writeHead(headers.authorization === 'Bearer 1' ? 401 : 200).end('done')
    }
    const send = transport((options) =>
      options.ignoreHttpStatusErrors === undefined ? options : { ...options, ignoreHttpStatusErrors: true },
    )
    assert.equal((await send(get)).status, 200)
  })

  it('follows no redirect, which would carry the token elsewhere', async () => {
    let received = 0
    answer = (_request, _body, response) => {
      received++
      response.writeHead(302, { location: '/elsewhere' }).end()
    }
    const { status, headers } = await transport()(get)
    assert.deepEqual([status, headers.location, received], [302, '/elsewhere', 1])
  })

  it('hands over a 401 that renewing did not cure, with its body', async () => {
    let received = 0
    answer = (_request, _body, response) => {
      received++
      response.writeHead(401).end('[{"errorCode":"INVALID_SESSION_ID"}]')
    }
    const { status, body } = await transport()(get)
    assert.deepEqual([status, received], [401, 2])
    assert.match(await text(body), /INVALID_SESSION_ID/)
  })

  it('keeps code and address of a broken connection, for the retry and for the message', async () => {
    answer = ({ socket }) => socket.resetAndDestroy()
    await assert.rejects(transport()(get), (error) => {
      const { code, url } = error as { code: string; url: string }
      assert.ok(['ECONNRESET', 'UND_ERR_SOCKET'].includes(code))
      assert.equal(url, `http://127.0.0.1:${(server.address() as AddressInfo).port}/thing`)
      return true
    })
  })

  it('says what n8n refused to send and does not call it a broken connection', async () => {
    const http = new FakeHttp({ name: 'Test' } as INode, [])
    const send = hostTransport({ helpers: http } as unknown as IExecuteFunctions, 'testApi')
    await assert.rejects(send(get), (error) => {
      assert.ok(error instanceof ConfigurationError)
      assert.match(error.message, /does not have any credentials set\.$/)
      return true
    })
  })

  it('lets go of a request when its call is aborted, though n8n itself goes on', async () => {
    const deadline = new AbortController()
    answer = () => deadline.abort(new Error('too late'))
    await assert.rejects(transport()({ ...get, signal: deadline.signal }), /too late/)
  })

  it('ends a body that goes silent', async () => {
    answer = (_request, _body, response) => response.write('first')
    const { body } = await transport()({ ...get, bodyTimeout: 20 })
    await assert.rejects(text(body), (error) => error instanceof TimeoutError && error.phase === 'body')
  })

  it('ends the exchange when the reader leaves early', async () => {
    let closed: Promise<unknown> = Promise.reject(new Error('no request'))
    closed.catch(() => undefined)
    answer = (request, _body, response) => {
      closed = once(request.socket, 'close')
      response.write('first')
    }
    const { body } = await transport()(get)
    for await (const _chunk of body) break
    await closed
  })
})
