import type { Salesforce } from '@forcewire/core/portable'
import { findOperation, type Operation, type Row } from '@forcewire/operations'
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow'
import { ExecutionTally } from './execution-hints.ts'
import { nodeClient } from './node-client.ts'
import { errorJson, nodeError } from './node-errors.ts'
import { readParameters } from './read-parameters.ts'
import { mappedRecord } from './record-mapping.ts'
import { resultItems } from './result-items.ts'

/**
 * Runs the operation that the node is set to: once an item, or once for all items where the operation takes them as
 * the rows of one load. Results keep their link to the items they came from; a failure ends the execution unless the
 * node is set to go on.
 */
export async function runOperation(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const [resource, action] = ['resource', 'operation'].map((name) => context.getNodeParameter(name, 0))
  const operation = findOperation(`${resource}.${action}`)
  const salesforce = nodeClient(context)
  const tally = new ExecutionTally()
  const output: INodeExecutionData[][] = []
  try {
    for (const itemIndexes of calls(context, operation)) {
      output.push(await runCall(context, operation, salesforce, itemIndexes, tally))
    }
    context.addExecutionHints?.(...tally.hints(salesforce.usage))
    return [output.flat()]
  } finally {
    await salesforce.close()
  }
}

/** The items of each call. An operation that takes many rows gets all items at once, unless each brings a file. */
function calls(context: IExecuteFunctions, operation: Operation): number[][] {
  const all = context.getInputData().map((_item, index) => index)
  return operation.rows === 'many' && !readsFile(context, operation) ? [all] : all.map((index) => [index])
}

function readsFile(context: IExecuteFunctions, { parameters }: Operation): boolean {
  return Object.values(parameters).some(
    ({ kind, when }) =>
      kind === 'binary' &&
      (when === undefined || when.is.includes(String(context.getNodeParameter(when.parameter, 0, '')))),
  )
}

async function runCall(
  context: IExecuteFunctions,
  operation: Operation,
  salesforce: Salesforce,
  itemIndexes: readonly number[],
  tally: ExecutionTally,
): Promise<INodeExecutionData[]> {
  const first = itemIndexes[0] ?? 0
  try {
    const parameters = await readParameters(context, operation, first)
    const signal = context.getExecutionCancelSignal?.()
    const rows: Row[] = []
    for await (const row of operation.run(
      { salesforce, signal },
      parameters,
      inputRows(context, operation, itemIndexes),
    )) {
      tally.add(row)
      rows.push(row)
    }
    return resultItems(context.getNode(), rows, itemIndexes)
  } catch (error) {
    const reason = nodeError(context.getNode(), error, first)
    if (!context.continueOnFail()) throw reason
    const routed = context.getNode().onError === 'continueErrorOutput' ? { error: reason } : {}
    return itemIndexes.map((item) => ({ json: errorJson(reason), ...routed, pairedItem: { item } }))
  }
}

function inputRows(context: IExecuteFunctions, operation: Operation, itemIndexes: readonly number[]): Row[] {
  if (operation.rows === 'none') return []
  if (operation.rows === 'one') return itemIndexes.map((index) => mappedRecord(context, index))
  const items = context.getInputData()
  return itemIndexes.map((index) => items[index]?.json ?? {})
}
