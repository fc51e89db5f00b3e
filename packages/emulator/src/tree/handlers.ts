import type { FastifyReply, FastifyRequest } from 'fastify'
import { rowErrors } from '../collections/save-result.ts'
import type { Org } from '../org/org.ts'
import { jsonObject, objectList } from '../server/request-shape.ts'
import { notFound } from '../sobjects/errors.ts'
import { followingHeaders } from '../sobjects/save-headers.ts'
import { createTrees } from './model.ts'

/** A call to the tree road. */
export type TreeCall = FastifyRequest<{ Params: { version: string; object: string } }>

/** POST /composite/tree/{object}: 201 with the Ids, or 400 with the records at fault and nothing created. */
export function postTree(org: Org, call: TreeCall, reply: FastifyReply): object {
  const object = org.schema.object(call.params.object)
  if (!object) throw notFound()
  const records = objectList(jsonObject(call.body, 'records'), 'records')
  const { headers, params } = call
  const outcome = followingHeaders(org.records, { headers, version: params.version }, () =>
    createTrees(org, object, records),
  )
  if (outcome.succeeded) {
    reply.code(201)
    return { hasErrors: false, results: outcome.created }
  }
  reply.code(400)
  const results = outcome.refusals.map(({ referenceId, error }) => ({ referenceId, errors: rowErrors(error) }))
  return { hasErrors: true, results }
}
