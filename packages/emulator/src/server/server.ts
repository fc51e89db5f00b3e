import { setTimeout as wait } from 'node:timers/promises'
import formBody from '@fastify/formbody'
import { type FastifyInstance, type FastifyReply, fastify } from 'fastify'
import { apexRoutes } from '../apex/routes.ts'
import { JobBoard } from '../bulk/job-board.ts'
import { isControlRoad } from '../control/guard.ts'
import { controlRoutes } from '../control/routes.ts'
import type { FaultList } from '../faults/fault.ts'
import { inject, injectLater } from '../faults/inject.ts'
import { identityRoutes } from '../identity/routes.ts'
import { oauthRoutes } from '../oauth/routes.ts'
import type { Org } from '../org/org.ts'
import { soapRoutes } from '../soap/routes.ts'
import { statusPage } from '../status-page/routes.ts'
import { dataRoutes } from './data-routes.ts'
import { answerError, answerUnknownRoad } from './error-answers.ts'
import { gzipAnswer, unpackRequest } from './gzip.ts'
import { parseJson } from './json-body.ts'
import { answerUnreadable, READABLE_BYTES, refusedForLength } from './long-requests.ts'
import { allowHead, coveredMethods, overrideMethod } from './methods.ts'
import { parametersOf } from './query-string.ts'
import type { RequestLog } from './request-log.ts'

/** Largest JSON or form body: the documented limit for JSON with a blob (50 MB). CSV uploads stream and have none here. */
const BODY_LIMIT = 52_428_800

/** What the server serves. */
export interface ServerOptions {
  readonly org: Org
  readonly faults: FaultList
  readonly log: RequestLog
  /** Milliseconds every answer is held back. */
  readonly latency: number
  /** Rows per result page of a query job where the caller does not say; 250,000 when absent. */
  readonly resultPageRows?: number | undefined
}

/** The HTTP server with every road of the emulator; it does not listen yet. */
export function createServer({ org, faults, log, latency, resultPageRows }: ServerOptions): FastifyInstance {
  const server = fastify({
    bodyLimit: BODY_LIMIT,
    http: { maxHeaderSize: READABLE_BYTES },
    clientErrorHandler: answerUnreadable,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 4096, querystringParser: parametersOf },
    // Some clients end their instance URL with a slash and then ask for //services/data.
    rewriteUrl: (request) => {
      overrideMethod(request)
      return collapseSlashes(request.url ?? '/')
    },
  })
  server.setErrorHandler((error, _call, reply) => answerError(error, reply))
  server.setNotFoundHandler(answerUnknownRoad)
  server.removeContentTypeParser('application/json')
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, parseJson)
  server.addHook('onRequest', async (call, reply) => {
    if (isControlRoad(call)) return
    const entry = log.add(call)
    reply.raw.once('finish', () => {
      entry.status = reply.raw.statusCode
    })
    if (refusedForLength(call, reply)) return reply
    if (latency > 0) await wait(latency, undefined, { ref: false })
    const fault = faults.take(call.method, entry.path)
    if (fault) await inject(org, fault, call, reply)
  })
  server.addHook('preParsing', async (call, reply, payload) => unpackRequest(call, reply, payload))
  server.addHook('onSend', (call, reply, payload) => injectLater(org, call, reply, payload))
  server.addHook('onSend', (call, reply, payload, done) => {
    spellJsonType(reply)
    // The time of the org (RFC 9110, 6.6.1): clients end increments by it.
    reply.header('date', new Date(org.clock.now()).toUTCString())
    gzipAnswer(call, reply, payload, done)
  })
  server.register(formBody, { parser: parametersOf })
  const board = new JobBoard()
  const covered: string[] = []
  server.addHook('onRoute', (route) => {
    if (!isControlRoad(route)) covered.push(...coveredMethods(route).map((name) => `${name} ${route.url}`))
  })
  server.addHook('onRoute', allowHead)
  server.register(controlRoutes, { org, faults, log, board, covered })
  server.register(statusPage, { org, faults, log, board })
  server.register(oauthRoutes, { org })
  server.register(identityRoutes, { org })
  server.register(soapRoutes, { org })
  server.register(apexRoutes, { org })
  server.register(dataRoutes, { org, board, resultPageRows })
  return server
}

/** Salesforce writes the type without a space and the charset in capitals. */
function spellJsonType(reply: FastifyReply): void {
  if (reply.getHeader('content-type') === 'application/json; charset=utf-8')
    reply.type('application/json;charset=UTF-8')
}

function collapseSlashes(url: string): string {
  const [path = '', ...query] = url.split('?')
  const clean = path.replace(/\/{2,}/g, '/')
  return query.length > 0 ? `${clean}?${query.join('?')}` : clean
}
