import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import type { Org } from '../org/org.ts'
import { orgAccess } from '../org/org-access.ts'
import type { QueryService } from '../query/model.ts'
import { type ActionCall, describeAction, invokeAction, listActions, listCustomTypes, listKinds } from './handlers.ts'
import { ActionsModel } from './model.ts'

/** What the action roads need. */
export interface ActionRoutesOptions {
  readonly org: Org
  readonly queries: QueryService
}

/** Invocable actions and flows: list, describe, invoke (REST API Developer Guide, "Invocable Actions"). */
export const actionRoutes: FastifyPluginCallback<ActionRoutesOptions> = (server, { org, queries }, done) => {
  const model = new ActionsModel(org, orgAccess(org, queries), org.metadata.actions)
  const road = '/services/data/v:version/actions'
  server.get(road, (call, reply) => reply.send(listKinds(call as ActionCall)))
  server.get(`${road}/custom`, (call, reply) => reply.send(listCustomTypes(call as ActionCall)))
  for (const [list, one] of [
    [`${road}/standard`, `${road}/standard/:name`],
    [`${road}/custom/:type`, `${road}/custom/:type/:name`],
  ] as const) {
    const answer = (work: (call: ActionCall, reply: FastifyReply) => object) => {
      return (call: FastifyRequest, reply: FastifyReply): FastifyReply => reply.send(work(call as ActionCall, reply))
    }
    server.get(
      list,
      answer((call) => listActions(model, call)),
    )
    server.get(
      one,
      answer((call) => describeAction(model, call)),
    )
    server.post(
      one,
      answer((call, reply) => invokeAction(model, call, reply)),
    )
  }
  done()
}
