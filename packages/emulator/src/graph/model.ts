import { unsupportedResource } from '../composite/errors.ts'
import { haltedResult, runAllOrNone, type SubrequestResult } from '../composite/sequence.ts'
import type { Subrequest } from '../composite/subrequest.ts'
import type { RecordStore } from '../records/record-store.ts'
import type { Answer } from '../server/in-process.ts'
import { TOO_MANY_FAILURES } from './errors.ts'
import { checkGraphs, type Graph, isNode } from './graph.ts'

/** What became of one graph. */
export interface GraphResult {
  readonly graphId: string
  readonly results: readonly SubrequestResult[]
  readonly succeeded: boolean
}

/** A graph call as its handler read it. */
export interface GraphOrder {
  readonly graphs: readonly Graph[]
  /** API version of the call. */
  readonly version: number
  /** Takes the road of a node whose references are resolved. */
  readonly ask: (node: Subrequest) => Answer
}

/** Failed graphs after which the rest is left out: one more than this ("Composite Graph Limits"). */
const MOST_FAILURES = 14

/** Runs graph after graph, each in a transaction of its own (REST API Developer Guide, "Using Composite Graphs"). */
export function runGraphs(records: RecordStore, { graphs, version, ask }: GraphOrder): GraphResult[] {
  checkGraphs(graphs)
  const askNode = (node: Subrequest): Answer =>
    isNode(node)
      ? ask(node)
      : { status: 400, headers: {}, body: [unsupportedResource('Composite Graph', node.method, node.url)] }
  let failures = 0
  return graphs.map(({ graphId, nodes }) => {
    if (failures > MOST_FAILURES) {
      return { graphId, results: nodes.map((node) => haltedResult(node, TOO_MANY_FAILURES)), succeeded: false }
    }
    const outcome = runAllOrNone(records, nodes, { ask: askNode, version })
    if (!outcome.succeeded) failures += 1
    return { graphId, ...outcome }
  })
}
