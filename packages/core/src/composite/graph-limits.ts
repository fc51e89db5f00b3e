import { ConfigurationError } from '../errors/configuration-error.ts'
import type { Chunk } from './chunks.ts'
import type { SubrequestHandle } from './subrequest.ts'

/** "Composite Graph Limits" of the REST API guide, all of one call. */
const mostGraphs = 75
const mostNodes = 500
const mostKinds = 15
const mostDepth = 15

interface Graph {
  readonly graphId: string
  readonly handles: readonly SubrequestHandle[]
}

/** @throws ConfigurationError for a graph that no call can hold. */
export function checkGraph({ graphId, handles }: Graph): void {
  const limit = (what: string, most: number, count: number): void => {
    if (count <= most) return
    throw new ConfigurationError(
      `The graph ${graphId} has ${count} ${what}, but Salesforce takes ${most} in one graph; make several of it.`,
    )
  }
  if (handles.length === 0)
    throw new ConfigurationError(`The graph ${graphId} is empty; add a subrequest or leave it out.`)
  const other = handles.find(({ call }) => kindOf(call.url) === undefined)
  if (other !== undefined) {
    throw new ConfigurationError(
      `The graph ${graphId} takes requests to sobjects only, but ${other.referenceId} is none.`,
    )
  }
  limit('subrequests', mostNodes, handles.length)
  limit('kinds of subrequests (object and API version)', mostKinds, kindsOf(handles).size)
  limit('subrequests in its longest chain of references', mostDepth, depthOf(handles))
}

/**
 * Puts graphs into calls, in their order. A graph is never torn: it is one transaction, and calls share nothing, so how
 * graphs are put together changes no outcome.
 */
export function* graphChunks<G extends Graph>(graphs: readonly G[]): Generator<Chunk<G>, void, undefined> {
  let start = 0
  while (start < graphs.length) {
    const items: G[] = []
    let nodes = 0
    let kinds = new Set<string>()
    for (const graph of graphs.slice(start, start + mostGraphs)) {
      const together = kinds.union(kindsOf(graph.handles))
      if (nodes + graph.handles.length > mostNodes || together.size > mostKinds) break
      items.push(graph)
      nodes += graph.handles.length
      kinds = together
    }
    yield { start, items }
    start += items.length
  }
}

/** Subrequests are of one kind when API version and object are the same. */
function kindOf(url: string): string | undefined {
  return /^\/services\/data\/v[\d.]+\/sobjects\/[^/?]+/.exec(url)?.[0].toLowerCase()
}

function kindsOf(handles: readonly SubrequestHandle[]): Set<string> {
  return new Set(handles.map(({ call }) => kindOf(call.url) ?? ''))
}

/** Subrequests in the longest chain of references. References are backward only, so one pass is enough. */
function depthOf(handles: readonly SubrequestHandle[]): number {
  const depths = new Map<SubrequestHandle, number>()
  for (const handle of handles) {
    depths.set(handle, 1 + Math.max(0, ...handle.dependsOn.map((before) => depths.get(before) ?? 0)))
  }
  return Math.max(...depths.values())
}
