import type { FastifyRequest } from 'fastify'
import { askAtOnce } from '../composite/ask.ts'
import { readSubrequests } from '../composite/subrequest.ts'
import type { Org } from '../org/org.ts'
import {
  badRequest,
  type JsonObject,
  jsonObject,
  knownKeys,
  objectList,
  requiredText,
} from '../server/request-shape.ts'
import type { Roads } from '../server/roads.ts'
import type { Graph } from './graph.ts'
import { runGraphs } from './model.ts'

/** A call to the graph road. */
export type GraphCall = FastifyRequest<{ Params: { version: string } }>

/** POST /composite/graph: 200 whatever became of the graphs. */
export function postGraph(org: Org, roads: Roads, call: GraphCall): object {
  const body = jsonObject(call.body, 'graphs')
  knownKeys(body, ['graphs'])
  const version = Number(call.params.version)
  const graphs = objectList(body, 'graphs').map((graph) => readGraph(graph, version))
  if (new Set(graphs.map((graph) => graph.graphId)).size < graphs.length) throw badRequest('graphId must be unique')
  const results = runGraphs(org.records, { graphs, version, ask: askAtOnce(roads, call) })
  return {
    graphs: results.map(({ graphId, results: compositeResponse, succeeded }) => ({
      graphId,
      graphResponse: { compositeResponse },
      isSuccessful: succeeded,
    })),
  }
}

/** Fewer than 40 characters, a letter or a number first, no period ("Using Composite Graphs"). */
const GRAPH_ID = /^[A-Za-z0-9][^.]{0,38}$/

function readGraph(graph: JsonObject, version: number): Graph {
  knownKeys(graph, ['compositeRequest', 'graphId'])
  const graphId = requiredText(graph, 'graphId')
  if (!GRAPH_ID.test(graphId)) {
    throw badRequest(
      `Provided graphId ('${graphId}') must start with a letter or a number, have fewer than 40 characters and no period`,
    )
  }
  return { graphId, nodes: readSubrequests(graph, version) }
}
