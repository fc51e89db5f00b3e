/**
 * An iterable whose every loop runs a generator of its own, with a signal that is aborted when the loop is left early or
 * the caller's signal is.
 */
export function stoppable<T>(
  open: (signal: AbortSignal) => AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => loop(open, signal) }
}

async function* loop<T>(
  open: (signal: AbortSignal) => AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, undefined> {
  const stop = new AbortController()
  let ended = false
  try {
    for await (const item of open(signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]))) {
      signal?.throwIfAborted()
      yield item
    }
    ended = true
  } finally {
    if (!ended) stop.abort()
  }
}
