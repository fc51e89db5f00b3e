import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import { answersAtOnce } from '../server/at-once.ts'
import { type QuickActionCall, QuickActionHandlers } from './handlers.ts'
import { QuickActionsModel } from './model.ts'

/** Quick actions, global ones and those of an object: list, describe, default values, perform. */
export const quickActionRoutes: FastifyPluginCallback<{ org: Org }> = (server, { org }, done) => {
  const handlers = new QuickActionHandlers(org, new QuickActionsModel(org))
  const on = answersAtOnce<QuickActionCall>(server)
  for (const owner of ['', '/sobjects/:object']) {
    const actions = `/services/data/v:version${owner}/quickActions`
    const action = `${actions}/:name`
    on('GET', actions, (call, reply) => handlers.list(call, reply))
    on('GET', action, (call, reply) => handlers.describe(call, reply))
    on('POST', action, (call, reply) => handlers.perform(call, reply))
    on('GET', `${action}/describe`, (call, reply) => handlers.describe(call, reply))
    on('GET', `${action}/defaultValues`, (call, reply) => handlers.defaultValues(call, reply))
    on('GET', `${action}/defaultValues/:context`, (call, reply) => handlers.defaultValues(call, reply))
  }
  done()
}
