import type { Answered, Failure } from '../composite/chunks.ts'
import type { SaveResult } from '../errors/partial-failure-error.ts'
import type { ApiRequest, CallOptions, Connection } from '../http/connection.ts'
import { subrequestError } from '../http/subrequest-error.ts'
import { failedRows, type RowResult } from './row-result.ts'

/** Sends some records and reads what became of them, in their order. */
export type SendRows<P> = (rows: readonly P[], call: CallOptions) => Promise<readonly SaveResult[]>

/**
 * Sends the records of one call. Those that were locked are sent again after the back-off of the retry policy, and only
 * those; with `allOrNone` a lock rolled back all of them, so all are sent again. All of it has the `timeout` of the call.
 */
export async function saveRows<P>(
  connection: Connection,
  address: Pick<ApiRequest, 'method' | 'path'>,
  rows: readonly P[],
  send: SendRows<P>,
  allOrNone: boolean,
  call: CallOptions,
): Promise<Answered<RowResult>> {
  const startedAt = connection.clock.now()
  const results: RowResult[] = new Array(rows.length)
  let open = rows.map((_, index) => index)
  for (let retries = 0; ; retries += 1) {
    const failure = await attempt(rows, open, (some) => send(some, whatIsLeft(call, startedAt, connection)), results)
    if (failure !== undefined) return { results, failure }
    const locked = open.filter((index) => isLocked(results[index]))
    const [first] = locked
    if (first === undefined) return { results }
    const request = { ...address, attempts: retries + 1 }
    const error = subrequestError({ status: 400, body: results[first]?.errors, request })
    try {
      if (!(await connection.repeats({ ...address, error, retries, startedAt }, call))) return { results }
    } catch (reason) {
      return { results, failure: { reason } }
    }
    open = allOrNone ? open : locked
  }
}

function whatIsLeft(call: CallOptions, startedAt: number, { clock }: Connection): CallOptions {
  const { timeout } = call
  return timeout === undefined ? call : { ...call, timeout: Math.max(1, startedAt + timeout - clock.now()) }
}

async function attempt<P>(
  rows: readonly P[],
  open: readonly number[],
  send: (rows: readonly P[]) => Promise<readonly SaveResult[]>,
  results: RowResult[],
): Promise<Failure | undefined> {
  let answer: readonly RowResult[]
  let failure: Failure | undefined
  try {
    answer = await send(open.map((index) => rows[index] as P))
  } catch (reason) {
    failure = { reason }
    answer = failedRows(open.length, reason)
  }
  open.forEach((index, position) => {
    results[index] = answer[position] as RowResult
  })
  return failure
}

function isLocked(result: RowResult | undefined): boolean {
  return result?.errors.some((error) => error.errorCode === 'UNABLE_TO_LOCK_ROW') ?? false
}
