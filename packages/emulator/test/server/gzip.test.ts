import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { fastify } from 'fastify'
import { gzipAnswer } from '../../src/server/gzip.ts'

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
