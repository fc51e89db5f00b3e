import type { FailedRow, Row } from '@forcewire/operations'
import type { IDataObject, INode, INodeExecutionData, IPairedItemData } from 'n8n-workflow'
import { rowError } from './node-errors.ts'

type Link = IPairedItemData | IPairedItemData[]

/** Links are stored with the execution, one for each pair of result and item: more than this and they are left out. */
const maxLinks = 100_000

/**
 * The result rows of one call as items, linked to the items that the call was made of. Where the node has an error
 * output, refused rows go there: those among the results as well as those that a summary lists.
 */
export function resultItems(node: INode, rows: readonly Row[], itemIndexes: readonly number[]): INodeExecutionData[] {
  const linkOf = links(rows.length, itemIndexes)
  const plain = (row: Row): INodeExecutionData => ({ json: row as IDataObject, pairedItem: linkOf(row) })
  if (node.onError !== 'continueErrorOutput') return rows.map(plain)
  return rows.flatMap((row) => {
    const failed = failedRows(row).map((failure) => ({ ...plain(failure), error: rowError(node, failure) }))
    return isFailedRow(row) ? failed : [plain(row), ...failed]
  })
}

/** The refused rows that a result row stands for: itself, or those that it lists as a summary. */
export function failedRows(row: Row): (FailedRow & Row)[] {
  if (isFailedRow(row)) return [row]
  return Array.isArray(row.failures) ? row.failures.filter(isFailedRow) : []
}

function isFailedRow(row: unknown): row is FailedRow & Row {
  return typeof row === 'object' && row !== null && 'errors' in row && 'success' in row && row.success === false
}

/**
 * A row that knows its place in the input belongs to that item, any other to all items of the call. An empty list
 * says "no link"; without one n8n would link by position, and bulk results come in an order of their own.
 */
function links(results: number, itemIndexes: readonly number[]): (row: Row) => Link {
  const all = itemIndexes.map((item) => ({ item }))
  const shared: Link = all.length === 1 ? (all[0] as IPairedItemData) : all.length * results <= maxLinks ? all : []
  return ({ index }) => (typeof index === 'number' && all[index] !== undefined ? all[index] : shared)
}
