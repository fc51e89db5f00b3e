import { RecordError } from '../errors.ts'
import type { Org } from '../org/org.ts'
import { fromJsonRecord } from '../records/json-record.ts'
import { keepIf } from '../records/keep-if.ts'
import type { ObjectSchema } from '../schema/types.ts'
import { type Refusal, readTree, type TreeNode } from './read-tree.ts'

/** One record that was created. */
export interface Created {
  readonly referenceId: string
  readonly id: string
}

/** All records of a call, or those that kept it from creating any. */
export type TreeOutcome =
  | { readonly succeeded: true; readonly created: readonly Created[] }
  | { readonly succeeded: false; readonly refusals: readonly Refusal[] }

/**
 * Creates trees of records, all or none (REST API Developer Guide, "sObject Tree"). Level by level: a level with bad
 * records names all of them, and what hangs below is not tried.
 */
export function createTrees(org: Org, object: ObjectSchema, records: readonly unknown[]): TreeOutcome {
  const { levels, refusals } = readTree(org.schema, object, records)
  if (refusals.length > 0) return { succeeded: false, refusals }
  const ids = new Map<TreeNode, string>()
  const failed: Refusal[] = []
  const createUntilFailure = (): boolean =>
    levels.every((level) => {
      for (const node of level) create(org, node, ids, failed)
      return failed.length === 0
    })
  if (!keepIf(org.records, createUntilFailure, Boolean)) return { succeeded: false, refusals: failed }
  return { succeeded: true, created: [...ids].map(([{ referenceId }, id]) => ({ referenceId, id })) }
}

function create(org: Org, node: TreeNode, ids: Map<TreeNode, string>, failed: Refusal[]): void {
  const { object, fields, parent, referenceId } = node
  try {
    const input = fromJsonRecord(org.schema, object, fields)
    if (parent) input[parent.field] = ids.get(parent.node) ?? null
    ids.set(node, org.records.insert(object.name, input))
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    failed.push({ referenceId, error })
  }
}
