import { Leavable } from '../leavable.ts'

/** Some consecutive parts of a long input, sent as one call. */
export interface Chunk<T> {
  /** Position of its first part in the whole input. */
  readonly start: number
  readonly items: readonly T[]
}

/** Why a call, or the input itself, brought no answer. */
export interface Failure {
  readonly reason: unknown
}

/** What one call brought: a result for each of its parts, also when it failed. */
export interface Answered<R> {
  readonly results: readonly R[]
  readonly failure?: Failure | undefined
}

/** What all calls brought. Parts that were never sent are holes in the list, or missing at its end. */
export interface Outcome<R> {
  readonly results: (R | undefined)[]
  /** Calls that were started. */
  readonly calls: number
  /** Calls that were answered as Salesforce promises. */
  readonly answered: number
  /** The first failure. No call starts after it; those under way are waited for. */
  readonly failure?: Failure | undefined
}

/** Calls of one method that are under way at the same time unless the caller says otherwise. */
export const defaultParallelCalls = 5

/** Salesforce runs at most 25 requests of 20 seconds and more at the same time for an org. */
export const mostParallelCalls = 25

/**
 * Sends chunks, a few at the same time; the next chunk is made only when a call may start. A failure and the caller's
 * signal also end the wait for an input that has nothing to give yet.
 */
export async function runChunks<T, R>(
  chunks: Iterable<Chunk<T>> | AsyncIterable<Chunk<T>>,
  parallelCalls: number,
  signal: AbortSignal | undefined,
  send: (chunk: Chunk<T>) => Promise<Answered<R>>,
): Promise<Outcome<R>> {
  const source = new Leavable(chunks)
  const results: (R | undefined)[] = []
  let failure: Failure | undefined
  let calls = 0
  let answeredCalls = 0
  const stop = (reason: unknown): void => {
    failure ??= { reason }
    source.leave()
  }
  const onAbort = (): void => stop(signal?.reason)
  const worker = async (): Promise<void> => {
    for (let item = await source.next(); item.done !== true; item = await source.next()) {
      const { start } = item.value
      calls += 1
      const answered = await send(item.value)
      answered.results.forEach((result, index) => {
        results[start + index] = result
      })
      if (answered.failure === undefined) answeredCalls += 1
      else stop(answered.failure.reason)
    }
  }
  if (signal?.aborted) onAbort()
  signal?.addEventListener('abort', onAbort)
  await Promise.all(Array.from({ length: parallelCalls }, () => worker().catch(stop)))
  signal?.removeEventListener('abort', onAbort)
  if (failure !== undefined) await source.return()
  return { results, calls, answered: answeredCalls, failure }
}

/** Cuts a list into chunks of at most `size` parts. */
export function* chunksOf<T>(items: readonly T[], size: number): Generator<Chunk<T>, void, undefined> {
  for (let start = 0; start < items.length; start += size) yield { start, items: items.slice(start, start + size) }
}
