import type { FastifyInstance } from 'fastify'

/** What answers tell caches, crawlers and browsers (recorded: `nango-create-201` and most others). */
const HEADERS = {
  'cache-control': 'no-cache,must-revalidate,max-age=0,no-store,private',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'none',
}

/** Has every answer of a server's roads carry the headers that Salesforce's do, refusals too. */
export function addAnswerHeaders(server: FastifyInstance): void {
  server.addHook('onRequest', (_call, reply, done) => {
    reply.headers(HEADERS)
    done()
  })
}
