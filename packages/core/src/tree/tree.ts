import { checkedFlag, checkedName, checkedWholeNumber } from '../check.ts'
import { stoppedError } from '../collections/row-result.ts'
import { listOf, type Rows } from '../collections/rows.ts'
import { type Answered, type Chunk, defaultParallelCalls, mostParallelCalls, runChunks } from '../composite/chunks.ts'
import { checkedCall } from '../http/call-options.ts'
import type { ApiRequest, CallOptions, Connection } from '../http/connection.ts'
import { endOf } from '../http/end-of.ts'
import { pathOf } from '../http/path.ts'
import { openInput } from '../iterable.ts'
import type { AnyFields, CreateOf, ObjectType, Schema } from '../schema.ts'
import type { SObjectDescribe } from '../sobject/describe.ts'
import { type WriteOptions, writeCall, writeOptionNames } from '../sobject/write-options.ts'
import { mostRecords, mostTypes, nodesOf, type TreeNode, TreeReader, typesOf } from './tree-node.ts'
import {
  createdTrees,
  failedTrees,
  refusedTrees,
  refusedTreesError,
  type TreeResult,
  unsentTree,
} from './tree-result.ts'

/** Options of `create`. */
export interface TreeOptions extends WriteOptions {
  /** Calls under way at the same time, 1 to 25. Default 5. */
  readonly parallelCalls?: number | undefined
  /** Rejects with a `PartialFailureError` when a tree was refused. Default false: refusals are results. */
  readonly raise?: boolean | undefined
}

/** A record with the records below it, under the names of their relationships. */
export type TreeRecord<T, S = object> = CreateOf<T> &
  ChildrenOf<T, S> & { readonly attributes?: { readonly type?: string } }

/** The lists of child records that a record may hold. */
type ChildrenOf<T, S> = T extends ObjectType
  ? { readonly [R in keyof T['children']]?: ChildRecords<T['children'][R], S> }
  : AnyFields

/** Child records of one object. */
type ChildRecords<N, S> = List<TreeRecord<N extends keyof S ? S[N] : Record<string, unknown>, S>>

/** A list, or the wrapping in which Salesforce wants it. */
type List<R> = readonly R[] | { readonly records: readonly R[] }

/**
 * New records with new records below them. Follows "sObject Tree" of the REST API guide: 200 records a call, at most
 * five levels and five objects.
 *
 * Each call is all or nothing: one refused record takes the whole call along. A tree is never torn over two calls, and
 * how many trees share a call is up to their size.
 */
export class Tree<T = Record<string, unknown>, S extends Schema = object> {
  readonly #connection: Connection
  readonly #describe: (object: string) => Promise<SObjectDescribe>
  readonly #path: string
  /** API name of the object of the topmost records. */
  readonly name: string

  /** Made by `salesforce.tree(name)`. */
  constructor(connection: Connection, name: string, describe: (object: string) => Promise<SObjectDescribe>) {
    this.name = checkedName('The name of the object', name)
    this.#connection = connection
    this.#describe = describe
    this.#path = pathOf(`${connection.dataPath}/composite/tree`, name)
  }

  /**
   * Creates trees, any number of them. Child records that do not name their object (`attributes: { type }`) get it from
   * the describe of the object above them.
   *
   * @returns one result for each tree, in the order of the input, with the results of the records below it.
   * @throws PartialFailureError when a call failed after others had created trees: its `results` hold a
   * {@link TreeResult} for each tree; also with `raise`, when a tree was refused.
   * @example
   * ```ts
   * const [acme] = await salesforce.tree('Account').create([{ Name: 'Acme', Contacts: [{ LastName: 'Doe' }] }])
   * console.log(acme?.id, acme?.children.Contacts?.[0]?.id)
   * ```
   */
  async create(records: Rows<TreeRecord<T, S>>, options?: TreeOptions): Promise<TreeResult[]> {
    const given = checkedCall(options, 'create', [...writeOptionNames, 'parallelCalls', 'raise'])
    const { raise = false, parallelCalls = defaultParallelCalls } = given
    checkedFlag('raise', raise)
    const inFlight = checkedWholeNumber('parallelCalls', parallelCalls, 1, mostParallelCalls)
    const call = writeCall(given)
    const input = await this.#input(records)
    const roots: TreeNode[] = Array.isArray(input) ? input : []
    const outcome = await runChunks(
      treeChunks(input, roots),
      inFlight,
      endOf(this.#connection, call.signal),
      ({ items }) => this.#send(items, call),
    )
    const results = roots.map((root, index) => outcome.results[index] ?? unsentTree(root))
    if (outcome.failure !== undefined) throw stoppedError(`create of trees of ${this.name}`, outcome, results)
    const refusal = raise ? refusedTreesError(this.name, roots, results) : undefined
    if (refusal !== undefined) throw refusal
    return results
  }

  /** A list is checked whole, before the first call; anything else as it is read. */
  async #input(records: Rows<unknown>): Promise<TreeNode[] | AsyncIterable<TreeNode>> {
    const reader = new TreeReader(this.name, this.#describe)
    const list = listOf('records', records)
    if (list !== undefined) return Promise.all(list.map((record, index) => reader.read(record, index)))
    return (async function* () {
      let index = 0
      for await (const record of openInput('records', records)) {
        yield await reader.read(record, index)
        index += 1
      }
    })()
  }

  async #send(roots: readonly TreeNode[], call: CallOptions): Promise<Answered<TreeResult>> {
    const ids = new Map(roots.flatMap(nodesOf).map((node, index) => [node, `ref${index}`]))
    const json = { records: roots.map((root) => wireNode(root, ids)) }
    const request: ApiRequest = { method: 'POST', path: this.#path, body: { json }, replay: 'if-unsent' }
    try {
      return { results: createdTrees(roots, ids, await this.#connection.json(request, call)) }
    } catch (reason) {
      const refused = refusedTrees(roots, ids, reason)
      return refused === undefined ? { results: failedTrees(roots, reason), failure: { reason } } : { results: refused }
    }
  }
}

/** Puts trees into calls, in their order, and notes them in `roots` unless they are there already. */
async function* treeChunks(
  input: TreeNode[] | AsyncIterable<TreeNode>,
  roots: TreeNode[],
): AsyncGenerator<Chunk<TreeNode>, void, undefined> {
  let start = 0
  let items: TreeNode[] = []
  let count = 0
  let types = new Set<string>()
  for await (const root of input) {
    if (input !== roots) roots.push(root)
    const { length } = nodesOf(root)
    const together = types.union(typesOf(root))
    if (count + length > mostRecords || together.size > mostTypes) {
      yield { start, items }
      start += items.length
      items = [root]
      count = length
      types = typesOf(root)
    } else {
      items.push(root)
      count += length
      types = together
    }
  }
  if (items.length > 0) yield { start, items }
}

/** A record and all below it as they are sent. */
function wireNode(node: TreeNode, ids: ReadonlyMap<TreeNode, string>): object {
  const { type, fields, children } = node
  const lists = [...children].map(([name, nodes]) => [name, { records: nodes.map((child) => wireNode(child, ids)) }])
  return { attributes: { type, referenceId: ids.get(node) }, ...fields, ...Object.fromEntries(lists) }
}
