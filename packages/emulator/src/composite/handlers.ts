import type { FastifyRequest } from 'fastify'
import type { Org } from '../org/org.ts'
import { jsonObject, knownKeys, optionalFlag } from '../server/request-shape.ts'
import type { Roads } from '../server/roads.ts'
import { askAtOnce } from './ask.ts'
import { runComposite } from './model.ts'
import { readSubrequests } from './subrequest.ts'

/** A call to a composite road. */
export type CompositeCall = FastifyRequest<{ Params: { version: string } }>

/** GET /composite: the other composite resources. */
export function compositeResources({ params }: CompositeCall): object {
  const road = `/services/data/v${params.version}/composite`
  return { tree: `${road}/tree`, batch: `${road}/batch`, sobjects: `${road}/sobjects`, graph: `${road}/graph` }
}

/** POST /composite: 200 whatever became of the subrequests. */
export function postComposite(org: Org, roads: Roads, call: CompositeCall): object {
  const body = jsonObject(call.body, 'compositeRequest')
  knownKeys(body, ['allOrNone', 'collateSubrequests', 'compositeRequest'])
  // Collating only changes the order, which Salesforce then does not promise: reading it is all there is to do.
  optionalFlag(body, 'collateSubrequests')
  const version = Number(call.params.version)
  const compositeResponse = runComposite(org.records, {
    subrequests: readSubrequests(body, version),
    allOrNone: optionalFlag(body, 'allOrNone'),
    version,
    ask: askAtOnce(roads, call),
  })
  return { compositeResponse }
}
