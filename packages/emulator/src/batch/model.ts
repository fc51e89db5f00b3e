import type { Answer } from '../server/in-process.ts'
import { batchHalted } from './errors.ts'

/** One subrequest of a batch. */
export interface BatchRequest {
  readonly method: string
  /** From `/services/data/vNN.0/` on. */
  readonly url: string
  readonly body: unknown
}

/** What became of one subrequest. */
export interface BatchResult {
  readonly statusCode: number
  readonly result: unknown
}

/** Takes the road of one subrequest. */
export type Ask = (request: BatchRequest) => Answer | Promise<Answer>

/**
 * Runs the subrequests of a batch in their order, each for itself: what one of them wrote stays, and the next one sees it
 * (REST API Developer Guide, "Composite Batch").
 *
 * @param haltOnError - True to leave out all that comes after a failure.
 */
export async function runBatch(
  requests: readonly BatchRequest[],
  haltOnError: boolean,
  ask: Ask,
): Promise<BatchResult[]> {
  const results: BatchResult[] = []
  for (const request of requests) {
    const stopped = haltOnError && hasErrors(results)
    results.push(stopped ? { statusCode: 412, result: [batchHalted()] } : toResult(await ask(request)))
  }
  return results
}

/** True where a status of the 400 or 500 range is among the results. */
export function hasErrors(results: readonly BatchResult[]): boolean {
  return results.some(({ statusCode }) => statusCode >= 400)
}

function toResult({ status, body }: Answer): BatchResult {
  return { statusCode: status, result: body }
}
