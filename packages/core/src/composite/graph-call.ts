import { checkedFlag, checkedOptions, checkedText, refuse } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { PartialFailureError } from '../errors/partial-failure-error.ts'
import { checkedCall } from '../http/call-options.ts'
import type { ApiRequest, CallOptions, Connection } from '../http/connection.ts'
import { expectedList } from '../http/expected.ts'
import type { Schema } from '../schema.ts'
import { defaultParallelCalls, type Failure } from './chunks.ts'
import { type CompositeGraph, type GraphAnswer, GraphHandle, type GraphResult } from './graph.ts'
import { checkGraph, graphChunks } from './graph-limits.ts'
import { ReferenceIds } from './reference-ids.ts'
import { sendChunks } from './send-chunks.ts'
import { SubrequestList } from './subrequest-list.ts'
import { replayOf } from './wire.ts'

/** Options of `salesforce.graph()`. */
export interface GraphOptions {
  /** `send()` rejects with a `PartialFailureError` when a graph failed. Default false: failures are results. */
  readonly raise?: boolean | undefined
}

/**
 * Composite graphs: each is carried out all or not at all, on its own, and later subrequests of a graph use values of
 * earlier ones. Any number of graphs, put into calls of up to 75 graphs and 500 subrequests. Follows "Composite Graph"
 * of the REST API guide (API 50.0 and later).
 *
 * @example
 * ```ts
 * const call = salesforce.graph()
 * for (const order of orders) {
 *   const graph = call.add(order.number)
 *   const account = graph.sobject('Account').create({ Name: order.customer })
 *   graph.sobject('Contact').create({ LastName: order.contact, AccountId: account.ref('id') })
 * }
 * const failed = (await call.send()).filter((graph) => !graph.isSuccessful)
 * ```
 */
export class GraphCall<S extends Schema = Record<string, Record<string, unknown>>> {
  readonly #connection: Connection
  readonly #raise: boolean
  readonly #graphs: GraphHandle<S>[] = []
  readonly #ids = new ReferenceIds()
  #sent = false

  /** Made by `salesforce.graph()`. */
  constructor(connection: Connection, options?: GraphOptions) {
    this.#connection = connection
    const { raise = false } = checkedOptions('options', options, ['raise'])
    this.#raise = checkedFlag('raise', raise)
  }

  /** Begins a graph. Default id: `graph_0`, `graph_1`, ... */
  add(graphId: string = `graph_${this.#graphs.length}`): CompositeGraph<S> {
    if (this.#sent) throw new ConfigurationError('These graphs were sent already; make a new graph().')
    const id = checkedText('graphId', graphId)
    // "Using Composite Graphs" of the REST API guide.
    if (!/^[a-z0-9][^.]{0,38}$/i.test(id)) {
      refuse('graphId', 'a text of fewer than 40 characters without a period, a letter or a digit first', id)
    }
    if (this.#graphs.some((graph) => graph.graphId === id)) {
      throw new ConfigurationError(`The graphId '${id}' is taken already.`)
    }
    const rules = { kind: 'graph', headers: false, references: true } as const
    const graph = new GraphHandle<S>(id, new SubrequestList(this.#connection, rules, this.#ids))
    this.#graphs.push(graph)
    return graph
  }

  /**
   * Sends all graphs; nothing is sent when there is none. It can be sent once. Salesforce gives up a call after 14 of
   * its graphs failed: the graphs after them fail with `PROCESSING_HALTED`.
   *
   * @returns the results in the order of the graphs, the same as the graphs have.
   * @throws ConfigurationError for a graph that is empty or beyond Salesforce's limits: 500 subrequests, 15 kinds
   * (objects and API versions), chains of 15 references.
   * @throws PartialFailureError when a call failed after others had brought results: its `results` hold these, and an
   * `UnansweredSubrequest` for each graph of the others; also with `raise`, when a graph failed.
   */
  async send(options?: CallOptions): Promise<GraphResult[]> {
    const call = checkedCall(options)
    if (this.#sent) throw new ConfigurationError('These graphs were sent already; make a new graph().')
    const graphs = this.#graphs
    graphs.forEach(checkGraph)
    this.#sent = true
    for (const graph of graphs) graph.close()
    const results = await sendChunks<GraphResult, GraphHandle<S>>(
      graphs,
      graphChunks(graphs),
      defaultParallelCalls,
      call.signal,
      (some) => this.#send(some, call),
    )
    const failed = results.filter(({ isSuccessful }) => !isSuccessful)
    const [first] = failed
    if (!this.#raise || first === undefined) return results
    throw new PartialFailureError(
      `${failed.length} of ${results.length} graphs failed; ${first.graphId} says ${first.error?.message ?? 'nothing'}`,
      { results, cause: first.error, request: first.error?.request },
    )
  }

  async #send(graphs: readonly GraphHandle<S>[], call: CallOptions): Promise<void> {
    const path = `${this.#connection.dataPath}/composite/graph`
    const replay = replayOf(graphs.flatMap(({ handles }) => handles))
    const request: ApiRequest = {
      method: 'POST',
      path,
      body: { json: { graphs: graphs.map((graph) => graph.wire()) } },
      replay,
    }
    const { content, attempts } = await this.#connection.jsonAnswer(request, call)
    const answers = expectedList<GraphAnswer>('A graph call', content, 'graphs')
    let failure: Failure | undefined
    for (const graph of graphs) {
      try {
        graph.answer(
          answers.find(({ graphId }) => graphId === graph.graphId),
          attempts,
        )
      } catch (reason) {
        failure ??= { reason }
      }
    }
    // One that cannot be read leaves the others their answers.
    if (failure !== undefined) throw failure.reason
  }
}
