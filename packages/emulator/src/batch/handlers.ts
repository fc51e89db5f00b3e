import type { FastifyRequest } from 'fastify'
import { unsupportedResource } from '../composite/errors.ts'
import { resourceOf } from '../composite/resources.ts'
import type { WireError } from '../errors.ts'
import { requestLimitExceeded } from '../limits/errors.ts'
import type { Org } from '../org/org.ts'
import { type Answer, askInProcess } from '../server/in-process.ts'
import type { Roads } from '../server/roads.ts'
import { type BatchRequest, hasErrors, runBatch } from './model.ts'
import { readBatch } from './read-batch.ts'

/** A call to the batch road. */
export type BatchCall = FastifyRequest<{ Params: { version: string } }>

/** Resources that can stand in a batch (REST API Developer Guide, "Composite Batch"). */
const BATCHABLE = /^\/(?:limits|sobjects|query|queryAll|search|connect|chatter|actions)(?:\/|$)/

/** POST /composite/batch: 200 with one result a subrequest, in their order. */
export async function postBatch(org: Org, roads: Roads, call: BatchCall): Promise<object> {
  const { requests, haltOnError } = readBatch(call.body, Number(call.params.version))
  let asked = 0
  const results = await runBatch(requests, haltOnError, async (request) => {
    asked += 1
    // Each subrequest counts; the first one is the call itself, counted where all calls are.
    if (asked > 1 && !org.usage.take()) return refusal(requestLimitExceeded())
    const batchable = BATCHABLE.test(resourceOf(request.url))
    return batchable ? askInProcess(roads, { ...request, headers: {} }, call) : notSupported(request)
  })
  return { hasErrors: hasErrors(results), results }
}

function refusal({ status, entries }: WireError): Answer {
  return { status, headers: {}, body: entries }
}

function notSupported({ method, url }: BatchRequest): Answer {
  return { status: 400, headers: {}, body: [unsupportedResource('Composite Batch', method, url)] }
}
