import type { FastifyReply, FastifyRequest } from 'fastify'
import { rowError } from '../collections/save-result.ts'
import type { Org } from '../org/org.ts'
import { jsonObject, objectList } from '../server/request-shape.ts'
import { notFound } from '../sobjects/errors.ts'
import { createTrees } from './model.ts'

/** A call to the tree road. */
export type TreeCall = FastifyRequest<{ Params: { object: string } }>

/** POST /composite/tree/{object}: 201 with the Ids, or 400 with the records at fault and nothing created. */
export function postTree(org: Org, call: TreeCall, reply: FastifyReply): object {
  const object = org.schema.object(call.params.object)
  if (!object) throw notFound()
  const outcome = createTrees(org, object, objectList(jsonObject(call.body, 'records'), 'records'))
  if (outcome.succeeded) {
    reply.code(201)
    return { hasErrors: false, results: outcome.created }
  }
  reply.code(400)
  const results = outcome.refusals.map(({ referenceId, error }) => ({ referenceId, errors: [rowError(error)] }))
  return { hasErrors: true, results }
}
