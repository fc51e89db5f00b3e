import type { FastifyInstance, FastifyRequest } from 'fastify'
import { requestLimitExceeded } from '../limits/errors.ts'
import type { Org } from '../org/org.ts'
import { authorize } from './authorize.ts'

/**
 * What every road behind a session has in common: a live session is needed, the call runs as its user, and every call that
 * got in counts and says so in `Sforce-Limit-Info`, until none is left of the day's calls. `check` may refuse a call before
 * it is counted.
 */
export function addSessionHooks(server: FastifyInstance, org: Org, check?: (call: FastifyRequest) => void): void {
  const callers = new WeakMap<FastifyRequest, string>()
  server.addHook('onRequest', async (call) => {
    const { userId } = authorize(org, call)
    check?.(call)
    callers.set(call, userId)
    if (!org.usage.take()) throw requestLimitExceeded()
  })
  server.addHook('preHandler', (call, _reply, done) => org.runAs(callers.get(call) ?? org.defaultUserId, done))
  server.addHook('onSend', (call, reply, payload, done) => {
    if (callers.has(call)) reply.header('sforce-limit-info', org.usage.header)
    done(null, payload)
  })
}
