import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ApexModel } from './model.ts'

/** Any call below /services/apexrest. */
export type ApexRestCall = FastifyRequest<{ Params: { '*': string }; Querystring: Record<string, string> }>

/** Runs the Apex method: its result as JSON with 200, or 204 where it gives none. */
export function callApex(model: ApexModel, call: ApexRestCall, reply: FastifyReply): FastifyReply {
  const headers = Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name, String(value)]))
  const result = model.call(call.method, call.params['*'], { query: call.query, headers, body: call.body })
  if (result === undefined) return reply.code(204).send()
  return reply.type('application/json;charset=UTF-8').send(JSON.stringify(result))
}
