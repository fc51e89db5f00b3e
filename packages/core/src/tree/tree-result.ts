import type { RowResult } from '../collections/row-result.ts'
import { failureDetails, notSentDetails, outcomeOf } from '../composite/unanswered.ts'
import { ApiError, type ApiErrorDetail } from '../errors/api-error.ts'
import { PartialFailureError } from '../errors/partial-failure-error.ts'
import { rowErrors } from '../http/error-body.ts'
import { expectedList, isObject, wrongAnswer } from '../http/expected.ts'
import { nodesOf, type TreeNode } from './tree-node.ts'

/** What became of one record of a tree, and of the records below it. */
export interface TreeResult extends RowResult {
  /** Results by relationship, nested and ordered as the records were. */
  readonly children: Readonly<Record<string, readonly TreeResult[]>>
}

interface TreeAnswer {
  readonly results: readonly { readonly referenceId: string; readonly id?: string; readonly errors?: unknown }[]
}

/** A result for each record of a tree. */
function resultOf(node: TreeNode, own: (node: TreeNode) => RowResult): TreeResult {
  const children = [...node.children].map(([name, nodes]) => [name, nodes.map((child) => resultOf(child, own))])
  return { ...own(node), children: Object.fromEntries(children) as TreeResult['children'] }
}

/** The results of trees that were created. */
export function createdTrees(
  roots: readonly TreeNode[],
  ids: ReadonlyMap<TreeNode, string>,
  answer: unknown,
): TreeResult[] {
  const results = expectedList<TreeAnswer['results'][number]>('A tree call', answer, 'results')
  const answers = new Map(results.map((result) => [result.referenceId, result.id]))
  return roots.map((root) =>
    resultOf(root, (node) => {
      const id = answers.get(ids.get(node) as string)
      if (typeof id === 'string') return { id, success: true, created: true, errors: [] }
      throw wrongAnswer('A tree call succeeded without an Id for each record', answer)
    }),
  )
}

/** Said of records that Salesforce found nothing wrong with; its own code for the same in collections. */
const rolledBack: readonly ApiErrorDetail[] = [
  {
    errorCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    message: 'Not created, because another record of the same call was refused.',
    fields: [],
  },
]

/**
 * The results of trees whose call was refused because of some of their records, which is all that Salesforce lists
 * then. `undefined` when it failed otherwise.
 */
export function refusedTrees(
  roots: readonly TreeNode[],
  ids: ReadonlyMap<TreeNode, string>,
  reason: unknown,
): TreeResult[] | undefined {
  const results =
    reason instanceof ApiError ? (reason.body as Partial<TreeAnswer> | null | undefined)?.results : undefined
  if (!Array.isArray(results)) return undefined
  const errors = new Map<string, ApiErrorDetail[]>(
    results.filter(isObject).map((result) => [String(result.referenceId), rowErrors(result.errors)]),
  )
  return roots.map((root) =>
    resultOf(root, (node) => ({ success: false, errors: errors.get(ids.get(node) as string) ?? rolledBack })),
  )
}

/** The results of trees whose call failed. */
export function failedTrees(roots: readonly TreeNode[], reason: unknown): TreeResult[] {
  const outcome = outcomeOf(reason)
  const row: RowResult = { success: false, errors: failureDetails(reason), ...(outcome !== 'refused' && { outcome }) }
  return roots.map((root) => resultOf(root, () => row))
}

/** The result of a tree that was not sent. */
export function unsentTree(root: TreeNode): TreeResult {
  return resultOf(root, () => ({ success: false, errors: notSentDetails, outcome: 'not-sent' }))
}

/** The error of `raise`. Names the first record that was refused for a reason of its own. */
export function refusedTreesError(
  object: string,
  roots: readonly TreeNode[],
  results: readonly TreeResult[],
): PartialFailureError<TreeResult> | undefined {
  const refused = results.filter(({ success }) => !success).length
  if (refused === 0) return undefined
  const all = results.flatMap(flat)
  const position = all.findIndex(({ success, errors }) => !success && errors !== rolledBack)
  const type = roots.flatMap(nodesOf)[position]?.type ?? object
  const { errorCode = '', message = '' } = all[position]?.errors[0] ?? {}
  return new PartialFailureError<TreeResult>(
    `${refused} of ${results.length} trees of ${object} were refused; a record of ${type} says ${errorCode}: ${message}`,
    { results },
  )
}

function flat(result: TreeResult): TreeResult[] {
  return [result, ...Object.values(result.children).flat().flatMap(flat)]
}
