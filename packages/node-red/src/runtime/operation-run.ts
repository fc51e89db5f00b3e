import type { Salesforce } from '@forcewire/core'
import {
  findOperation,
  type Operation,
  type Parameters,
  type ParameterValues,
  type Progress,
  type Row,
  settleParameters,
} from '@forcewire/operations'
import { deliver, fill } from './deliver.ts'
import { type FlowError, RowFailures } from './failure.ts'
import { inputRows } from './input.ts'
import type { Message, NodeRed, RuntimeNode, Send } from './node-red.ts'
import type { OperationNodeConfig } from './operation-node.ts'
import { resolveParameters, resolveTyped } from './parameters.ts'
import type { StatusLine } from './status.ts'

/** Everything that running one message through an operation needs. */
export interface OperationRun {
  readonly RED: NodeRed
  readonly node: RuntimeNode
  readonly config: OperationNodeConfig
  readonly salesforce: Salesforce
  readonly status: StatusLine
  readonly message: Message
  readonly send: Send
  readonly signal: AbortSignal
}

/** How a message ended that did not fail as a whole. */
export interface RunOutcome {
  /** Result rows sent, or rows of a load. */
  readonly rows: number
  /** What `rows` counts: a started job or the fate of a row is a result, no row. */
  readonly unit: 'row' | 'result'
  readonly failed: number
  /** Set when rows were refused and the node shall report that. */
  readonly error?: FlowError | undefined
}

/** Runs the chosen operation for one message and sends its results on; the original message is kept. */
export async function runOperation(run: OperationRun): Promise<RunOutcome> {
  const { RED, node, config, salesforce, status, message, send, signal } = run
  const operation = findOperation(config.operation)
  const values = settleParameters(operation, await resolveParameters(RED, node, operation, config.parameters, message))
  const rows = operation.rows === 'none' ? [] : inputRows(operation, await resolveInput(run))

  let jobId: string | undefined
  const progress = (step: Progress): void => {
    jobId = step.jobId ?? jobId
    status.working(step)
  }
  const about = (): Record<string, unknown> => ({
    operation: operation.id,
    ...(jobId === undefined ? {} : { jobId }),
    ...(salesforce.usage === undefined ? {} : { limits: salesforce.usage }),
  })

  const failures = new RowFailures()
  const results = noting(failures, operation, operation.run({ salesforce, signal, progress }, values, rows))
  const sent = isSingle(operation, values)
    ? await sendSingle(results, (result) => send(fill(RED, message, result, { property: config.property, about })))
    : await deliver(RED, message, send, results, {
        mode: config.output,
        pageSize: Math.max(1, Number(config.pageSize) || 1),
        property: config.property,
        about,
      })
  return {
    rows: failures.rows ?? sent,
    unit: operation.rows === 'many' && failures.rows === undefined ? 'result' : 'row',
    failed: failures.count,
    error: config.failedRows === 'output' ? undefined : failures.toError(operation),
  }
}

function resolveInput({ RED, node, config, message }: OperationRun): Promise<unknown> {
  return resolveTyped(RED, node, { type: config.inputType, value: config.input }, message, 'Rows From')
}

/** Only an operation that loads rows can have rows refused; a list of failed rows that was asked for is a result. */
async function* noting(failures: RowFailures, operation: Operation, results: AsyncIterable<Row>): AsyncIterable<Row> {
  for await (const row of results) {
    if (operation.rows === 'many') failures.note(row)
    yield row
  }
}

/** Does this call give one bare result, not a list? */
function isSingle({ rows, single }: Operation, values: ParameterValues<Parameters>): boolean {
  if (rows === 'one' || single === true) return true
  return single?.is.some((value) => value === values[single.parameter]) === true
}

async function sendSingle(results: AsyncIterable<Row>, send: (result: Row) => void): Promise<number> {
  for await (const result of results) send(result)
  return 1
}
