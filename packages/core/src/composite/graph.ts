import type { ApiError } from '../errors/api-error.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import type { Schema } from '../schema.ts'
import { realCause } from './refused-error.ts'
import type { Part } from './send-chunks.ts'
import type { Subrequest, SubrequestHandle, SubrequestResult } from './subrequest.ts'
import type { SubrequestList } from './subrequest-list.ts'
import { SubrequestRecords } from './subrequest-records.ts'
import { addRequest, type RawSubrequest } from './subrequest-request.ts'
import { type CompositeAnswer, takeAnswers, wireSubrequest } from './wire.ts'

/** What became of one graph. */
export interface GraphResult {
  /** Name of the graph, unique in its call. */
  readonly graphId: string
  /** False: everything in this graph was rolled back. */
  readonly isSuccessful: boolean
  /** In the order of the graph's subrequests, the same as their handles have. */
  readonly results: readonly SubrequestResult[]
  /** The error that rolled the graph back. */
  readonly error?: ApiError
}

/** One graph: subrequests that are carried out all or not at all. Made by `add()` of a graph call. */
export interface CompositeGraph<S extends Schema = Record<string, Record<string, unknown>>> {
  /** Name of the graph, unique in its call. */
  readonly graphId: string
  /** The records of one object. */
  sobject<N extends keyof S & string>(name: N): SubrequestRecords<S[N]>
  /** Any request to the records of an object; graphs take nothing else. */
  request<T = unknown>(request: RawSubrequest): Subrequest<T>
  /**
   * What became of the graph.
   *
   * @throws ConfigurationError before `send()`; whatever `send()` threw when its call brought no answer.
   */
  readonly result: GraphResult
}

/** A graph as Salesforce answers it. */
export interface GraphAnswer {
  readonly graphId: string
  readonly isSuccessful: boolean
  readonly graphResponse?: CompositeAnswer
}

/** What a subrequest of a failed graph is told that Salesforce says nothing about. */
const halted = {
  status: 400,
  body: [{ errorCode: 'PROCESSING_HALTED', message: 'Not carried out, because the graph failed.' }],
}

/** A graph with its way to Salesforce and back. */
export class GraphHandle<S extends Schema> implements CompositeGraph<S>, Part<GraphResult> {
  readonly graphId: string
  readonly #list: SubrequestList
  #result: GraphResult | undefined
  #failure: { readonly reason: unknown } | undefined

  constructor(graphId: string, list: SubrequestList) {
    this.graphId = graphId
    this.#list = list
  }

  sobject<N extends keyof S & string>(name: N): SubrequestRecords<S[N]> {
    return new SubrequestRecords<S[N]>(this.#list, name)
  }

  request<T = unknown>(request: RawSubrequest): Subrequest<T> {
    return addRequest<T>(this.#list, request)
  }

  get result(): GraphResult {
    if (this.#failure !== undefined) throw this.#failure.reason
    if (this.#result !== undefined) return this.#result
    throw new ConfigurationError(`The graph ${this.graphId} has no result yet; await send() first.`)
  }

  get handles(): readonly SubrequestHandle[] {
    return this.#list.handles
  }

  get answered(): GraphResult | undefined {
    return this.#result
  }

  /** Nothing is added from here on. */
  close(): void {
    this.#list.close()
  }

  /** The graph as it is sent. */
  wire(): object {
    return { graphId: this.graphId, compositeRequest: this.handles.map(wireSubrequest) }
  }

  /** Takes the answer in. @throws ProtocolError when there is none, or it cannot be read. */
  answer(answer: GraphAnswer | undefined, attempts: number | undefined): void {
    const { isSuccessful, graphResponse } = answer ?? {}
    if (typeof isSuccessful !== 'boolean') {
      throw new ProtocolError(`A graph call succeeded without an answer to ${this.graphId}`)
    }
    takeAnswers(this.handles, graphResponse, attempts, isSuccessful ? undefined : halted)
    const error = realCause(this.handles)?.error
    const results = this.handles.map(({ result }) => result)
    this.#result = {
      graphId: this.graphId,
      isSuccessful,
      results,
      ...(!isSuccessful && error !== undefined && { error }),
    }
  }

  fail(reason: unknown): void {
    if (this.#result !== undefined) return
    this.#failure = { reason }
    for (const handle of this.handles) handle.fail(reason)
  }
}
