import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'

/** Adds one road: method, path pattern, and what answers; undefined is an answer without a body. */
export type AddRoad<Call> = (
  method: HTTPMethods,
  path: string,
  answer: (call: Call, reply: FastifyReply) => unknown,
) => void

/**
 * Adds roads whose answers are made at once, without awaiting anything. Composite subrequests need such roads: while the
 * one transaction of the database is open for them, nothing else may run.
 */
export function answersAtOnce<Call = FastifyRequest>(server: FastifyInstance): AddRoad<Call> {
  return (method, url, answer) => {
    server.route({
      method,
      url,
      handler(call, reply) {
        reply.send(answer(call as Call, reply))
      },
    })
  }
}
