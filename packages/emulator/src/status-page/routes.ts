import type { FastifyPluginCallback } from 'fastify'
import { refuseForeign } from '../control/guard.ts'
import { originOf } from '../server/origin.ts'
import { live } from './live.ts'
import { StatusModel, type StatusParts } from './model.ts'
import { PAGE_HEADERS, statusPage as pageOf } from './page.ts'
import { STYLE } from './style.ts'

/** The status page at `/`, for people; `?soql=` runs a query and shows its result. It tells no secrets. */
export const statusPage: FastifyPluginCallback<StatusParts> = (server, parts, done) => {
  const model = new StatusModel(parts)
  server.addHook('onRequest', refuseForeign)
  server.get<{ Querystring: { soql?: string | string[] } }>('/', (call, reply) => {
    const soql = [call.query.soql ?? ''].flat().at(-1)
    const query = soql ? { soql, outcome: model.query(soql) } : undefined
    reply.headers(PAGE_HEADERS)
    return pageOf({ url: originOf(call), status: model.status(), query })
  })
  server.get('/_emulator/status.css', (_call, reply) =>
    reply.headers({ ...ASSET, 'content-type': 'text/css' }).send(STYLE),
  )
  server.get('/_emulator/status.js', (_call, reply) =>
    reply.headers({ ...ASSET, 'content-type': 'text/javascript' }).send(SCRIPT),
  )
  done()
}

const SCRIPT = `(${live})()`

const ASSET = {
  'cache-control': 'no-cache',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
}
