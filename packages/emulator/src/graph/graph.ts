import { tooMany } from '../composite/errors.ts'
import { referencedIds } from '../composite/references.ts'
import { resourceOf } from '../composite/resources.ts'
import type { Subrequest } from '../composite/subrequest.ts'
import { WireError } from '../errors.ts'

/** One graph of a call: subrequests that succeed or fail together. */
export interface Graph {
  readonly graphId: string
  readonly nodes: readonly Subrequest[]
}

/** Limits of one payload (REST API Developer Guide, "Composite Graph Limits"). */
const MOST_GRAPHS = 75
const MOST_NODES = 500
const MOST_KINDS = 15
const DEEPEST = 15

/** Refuses a payload beyond the limits. */
export function checkGraphs(graphs: readonly Graph[]): void {
  const nodes = graphs.flatMap((graph) => graph.nodes)
  if (graphs.length > MOST_GRAPHS) throw new WireError(400, tooMany(MOST_GRAPHS, 'graphs'))
  if (nodes.length > MOST_NODES) throw new WireError(400, tooMany(MOST_NODES, 'nodes'))
  if (new Set(nodes.map(kindOf)).size > MOST_KINDS) throw new WireError(400, tooMany(MOST_KINDS, 'different nodes'))
  if (graphs.some((graph) => depthOf(graph) > DEEPEST)) throw new WireError(400, tooMany(DEEPEST, 'levels in a graph'))
}

/** True for what a node may ask ("Composite Subrequest" of graphs): records by object, by Id and by external id. */
export function isNode({ method, url }: Subrequest): boolean {
  const [root, ...path] = resourceOf(url).split('/').slice(1)
  if (root !== 'sobjects' || versionOf(url) < 50) return false
  return (METHODS[path.length] ?? []).includes(method)
}

/** Methods by how many parts follow `/sobjects`. */
const METHODS: readonly (readonly string[])[] = [
  [],
  ['POST'],
  ['DELETE', 'GET', 'PATCH'],
  ['DELETE', 'GET', 'PATCH', 'POST'],
]

/** Nodes are different that differ in version, method or object. */
function kindOf({ method, url }: Subrequest): string {
  const [, , object = ''] = resourceOf(url).split('/')
  return `${versionOf(url)} ${method} ${object.toLowerCase()}`
}

function versionOf(url: string): number {
  return Number(/^\/services\/data\/v([^/]+)/.exec(url)?.[1])
}

/** Nodes on the longest way along references. */
function depthOf({ nodes }: Graph): number {
  const depths = new Map<string, number>()
  for (const { referenceId, url, body } of nodes) {
    const before = [...referencedIds([url, body])].map((id) => depths.get(id) ?? 0)
    depths.set(referenceId, 1 + Math.max(0, ...before))
  }
  return Math.max(0, ...depths.values())
}
