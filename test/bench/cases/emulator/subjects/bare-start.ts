import { DatabaseSync } from 'node:sqlite'
import { fastify } from 'fastify'
import type { Serve } from '../subject.ts'

/** Fastify with one route beside an empty SQLite database. */
export const serve: Serve = async () => {
  const database = new DatabaseSync(':memory:')
  const server = fastify()
  server.get('/', (_call, reply) => void reply.send({ open: database.isOpen }))
  return { url: await server.listen({ port: 0, host: '127.0.0.1' }), token: 'bare' }
}
