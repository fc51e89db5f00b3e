import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { fastify } from 'fastify'
import { gzipAnswer, unpackRequest } from '../../src/server/gzip.ts'

test('a packed answer whose stream fails breaks off, instead of keeping its reader waiting', async (t) => {
  async function* broken(): AsyncGenerator<string> {
    yield '"Id"\n'
    throw new Error('the file is gone')
  }
  const server = fastify()
  t.after(() => server.close())
  server.addHook('onSend', gzipAnswer)
  server.get('/results', (_call, reply) => reply.send(Readable.from(broken())))
  const address = await server.listen()
  const response = await fetch(`${address}/results`, { headers: { 'accept-encoding': 'gzip' } }).catch((error) => error)
  await assert.rejects(async () => {
    if (response instanceof Error) throw response
    await response.text()
  })
})

test('a packed upload that breaks off before its road reads it ends its connection only, not the process', async (t) => {
  const read = Promise.withResolvers<unknown>()
  const server = fastify()
  t.after(() => server.close())
  server.addHook('preParsing', async (call, reply, payload) => unpackRequest(call, reply, payload))
  server.addContentTypeParser('text/csv', (_call, payload, done) => done(null, payload))
  server.put('/batches', async (call) => {
    upload.destroy()
    await new Promise((resolve) => call.raw.once('close', resolve))
    read.resolve(await text(call.body as Readable).catch((error) => error))
  })
  const upload = request(`${await server.listen()}/batches`, {
    method: 'PUT',
    headers: { 'content-type': 'text/csv', 'content-encoding': 'gzip' },
  })
  upload.on('error', () => {})
  upload.write(gzipSync('Name\nAcme\n').subarray(0, 12))
  assert.match(String(await read.promise), /aborted/)
})

test('a packed upload that its road does not read leaves its connection to the next request', async (t) => {
  const server = fastify()
  t.after(() => server.close())
  server.addHook('preParsing', async (call, reply, payload) => unpackRequest(call, reply, payload))
  server.addContentTypeParser('text/csv', (_call, payload, done) => done(null, payload))
  server.put('/batches', (_call, reply) => reply.code(404).send('no such job'))
  server.get('/next', () => 'next')
  await server.listen()
  const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1')
  t.after(() => socket.destroy())
  const upload = gzipSync(randomBytes(1 << 20))
  const head = `Content-Type: text/csv\r\nContent-Encoding: gzip\r\nContent-Length: ${upload.length}`
  socket.write(`PUT /batches HTTP/1.1\r\nHost: org\r\n${head}\r\n\r\n`)
  socket.write(upload)
  socket.write('GET /next HTTP/1.1\r\nHost: org\r\nConnection: close\r\n\r\n')
  assert.match(await text(socket), /no such job.*next$/s)
})
