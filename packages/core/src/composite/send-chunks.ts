import { PartialFailureError } from '../errors/partial-failure-error.ts'
import { SalesforceError } from '../errors/salesforce-error.ts'
import { type Chunk, runChunks } from './chunks.ts'
import { failureText, outcomeOf, type Unanswered } from './unanswered.ts'

/** A subrequest, or a graph, without an answer because a call failed. */
export interface UnansweredSubrequest {
  /** It has no answer. */
  readonly ok: false
  /** `unknown`: Salesforce may have carried it out; `refused`: its call was refused whole; `not-sent`: it never left. */
  readonly outcome: Unanswered | 'refused'
  /** What the failed call threw. */
  readonly error: unknown
}

/** What is sent in chunks. It takes its own answer in, or the failure of its call. */
export interface Part<R> {
  /** Its result, when there is one. */
  readonly answered: R | undefined
  fail(reason: unknown): void
}

/**
 * Sends parts in several calls and answers their results in their order.
 *
 * @throws PartialFailureError when a call failed and others brought results or are in doubt, so that nothing of these
 * is lost; else the failure itself.
 */
export async function sendChunks<R, P extends Part<R>>(
  parts: readonly P[],
  chunks: Iterable<Chunk<P>>,
  parallelCalls: number,
  signal: AbortSignal | undefined,
  send: (parts: readonly P[]) => Promise<void>,
): Promise<R[]> {
  const unanswered = new Map<P, UnansweredSubrequest>()
  const { failure } = await runChunks(chunks, parallelCalls, signal, async ({ items }) => {
    try {
      await send(items)
      return { results: [] }
    } catch (reason) {
      for (const part of items) unanswered.set(part, { ok: false, outcome: outcomeOf(reason), error: reason })
      return { results: [], failure: { reason } }
    }
  })
  if (failure === undefined) return parts.map(({ answered }) => answered as R)
  const notSent: UnansweredSubrequest = { ok: false, outcome: 'not-sent', error: failure.reason }
  for (const part of parts) part.fail(unanswered.get(part)?.error ?? failure.reason)
  throw stoppedError(
    parts.map((part) => part.answered ?? unanswered.get(part) ?? notSent),
    failure.reason,
  )
}

function stoppedError<R>(results: readonly (R | UnansweredSubrequest)[], reason: unknown): unknown {
  const count = (outcome: string): number =>
    results.filter((result) => (result as Partial<UnansweredSubrequest>).outcome === outcome).length
  const [unknown, refused, notSent] = [count('unknown'), count('refused'), count('not-sent')]
  const answered = results.length - unknown - refused - notSent
  if (answered === 0 && (unknown === 0 || unknown === results.length)) return reason
  const fate = `${answered} answered, ${refused} refused, ${unknown} of unknown fate, ${notSent} not sent`
  return new PartialFailureError(
    `One call of several failed (${fate}); results tells of each part. ${failureText(reason)}`,
    {
      results,
      cause: reason,
      request: reason instanceof SalesforceError ? reason.request : undefined,
    },
  )
}
