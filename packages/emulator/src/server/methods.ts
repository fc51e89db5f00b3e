import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { methodNotAllowed } from '../errors.ts'

/** The methods that roads are made of, in the order in which Salesforce lists them. */
const METHODS = ['HEAD', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/**
 * Lets whoever may GET ask for the headers alone, as Salesforce does wherever it lists what is allowed. Made to be the
 * server's `onRoute` hook; Node leaves the body of such an answer away.
 */
export function allowHead(route: RouteOptions): void {
  if (route.method === 'GET') route.method = ['HEAD', 'GET']
}

/**
 * Has a road that is there refuse the methods that it has not: 405 with those that it has, before a body is looked at. Roads
 * that are not there stay uncovered.
 */
export function refuseOtherMethods(server: FastifyInstance, url: string, methods: Iterable<string>): void {
  const known = new Set(methods)
  const allowed = METHODS.filter((name) => known.has(name))
  const refuse = (call: FastifyRequest, reply: FastifyReply): never => {
    reply.header('allow', allowed.join(','))
    throw methodNotAllowed(call.method, allowed)
  }
  server.route({
    method: METHODS.filter((name) => !known.has(name)),
    url,
    config: { refuses: true },
    onRequest: async (call, reply) => refuse(call, reply),
    handler: refuse,
  })
}

/** The methods that a route covers, HEAD aside; none where it only refuses. */
export function coveredMethods({ method, config }: RouteOptions): string[] {
  const { refuses = false } = (config ?? {}) as { refuses?: boolean }
  return refuses ? [] : [method].flat().filter((name) => name !== 'HEAD')
}

const OVERRIDE = /^\/+services\/+(?:data|apexrest)\/[^?]*\?(?:[^#]*&)?_HttpMethod=(GET|PUT|PATCH|DELETE)(?:&|$)/

/**
 * Gives a POST the method that its `_HttpMethod` names, for clients that can send no PATCH (REST API Developer Guide, "Update
 * a Record").
 */
export function overrideMethod(request: IncomingMessage): void {
  const [, method] = (request.method === 'POST' && OVERRIDE.exec(request.url ?? '')) || []
  if (method !== undefined) request.method = method
}
