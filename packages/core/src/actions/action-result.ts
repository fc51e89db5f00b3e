import { ApiError, type ApiErrorDetail } from '../errors/api-error.ts'
import { PartialFailureError } from '../errors/partial-failure-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import type { ApiRequest, CallOptions, Connection } from '../http/connection.ts'
import { rowErrors } from '../http/error-body.ts'

/** What became of one input of an action. */
export interface ActionResult<T = Record<string, unknown>> {
  /** Whether the action did its work for this input. */
  readonly isSuccess: boolean
  /** Values by the name of the output; `null` where the action has none or failed. */
  readonly outputValues: T | null
  /** Why it failed; empty for a success. */
  readonly errors: readonly ApiErrorDetail[]
  /** Name of the action, as Salesforce writes it back. */
  readonly actionName: string
}

/**
 * Sends the inputs and reads a result for each of them, in order. Salesforce says 400 as soon as one input fails, and
 * all results, those of the others too, are in the body of that answer.
 */
export async function invokeAction<T>(
  connection: Connection,
  path: string,
  inputs: readonly object[],
  call?: CallOptions,
): Promise<ActionResult<T>[]> {
  const request: ApiRequest = { method: 'POST', path, body: { json: { inputs } }, replay: 'if-unsent' }
  const rows = await connection.json<unknown>(request, call).catch(resultsOf)
  if (!isResults(rows) || rows.length !== inputs.length) {
    const found = Array.isArray(rows) ? `${rows.length} results` : 'something else'
    throw new ProtocolError(
      `POST ${path} took ${inputs.length} inputs and answered ${found}; what became of them is not known`,
      { request: { method: 'POST', path, attempts: 1 } },
    )
  }
  return rows.map(({ actionName, isSuccess, outputValues, errors }) => ({
    isSuccess,
    outputValues: (outputValues ?? null) as T | null,
    errors: rowErrors(errors),
    actionName: String(actionName ?? ''),
  }))
}

/** @throws PartialFailureError when an input failed; it names the first one. */
export function raiseFailures(name: string, results: readonly ActionResult<unknown>[]): void {
  const index = results.findIndex(({ isSuccess }) => !isSuccess)
  if (index === -1) return
  const failed = results.filter(({ isSuccess }) => !isSuccess).length
  const { errorCode = '', message = '' } = results[index]?.errors[0] ?? {}
  throw new PartialFailureError<ActionResult<unknown>>(
    `${failed} of ${results.length} inputs of ${name} failed; input ${index} says ${errorCode}: ${message}`,
    { results },
  )
}

interface ResultRow {
  readonly actionName?: unknown
  readonly isSuccess: boolean
  readonly outputValues?: unknown
  readonly errors?: unknown
}

/** A refusal whose body holds results is an answer; any other stays an error. */
function resultsOf(error: unknown): unknown {
  if (error instanceof ApiError && isResults(error.body)) return error.body
  throw error
}

function isResults(body: unknown): body is readonly ResultRow[] {
  return Array.isArray(body) && body.length > 0 && body.every((row) => typeof row?.isSuccess === 'boolean')
}
