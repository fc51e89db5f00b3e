import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * True, and 304 without a body, when the client's If-Modified-Since is not older than `modified` (epoch milliseconds);
 * otherwise sets Last-Modified. HTTP dates have whole seconds.
 */
export function isUnchanged(modified: number, call: FastifyRequest, reply: FastifyReply): boolean {
  const seconds = Math.floor(modified / 1000) * 1000
  const since = Date.parse(call.headers['if-modified-since'] ?? '')
  if (seconds <= since) {
    reply.code(304)
    return true
  }
  reply.header('last-modified', new Date(seconds).toUTCString())
  return false
}
