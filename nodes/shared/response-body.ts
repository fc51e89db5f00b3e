import { TimeoutError } from '@forcewire/core/portable'
import { hostClock } from './host-clock.ts'

/** The body as n8n gives it: a Node stream, which `destroy` lets go of even while a read is pending. */
export interface HostBody extends AsyncIterable<Uint8Array> {
  destroy?(): unknown
}

/**
 * The bytes of an answer, ending with an error when the body goes silent or the call is aborted. Time that the reader
 * takes for itself does not count as silence.
 */
export async function* responseBody(
  body: HostBody,
  { signal, timeout }: { readonly signal?: AbortSignal | undefined; readonly timeout?: number | undefined },
): AsyncGenerator<Uint8Array> {
  const finished = new AbortController()
  const { promise: interrupted, reject } = Promise.withResolvers<never>()
  interrupted.catch(() => undefined)
  const onAbort = (): void => reject(signal?.reason)
  signal?.addEventListener('abort', onAbort, { once: true })
  let waitingSince = Number.POSITIVE_INFINITY
  if (timeout !== undefined) {
    watch(timeout, () => waitingSince, finished.signal).then(reject, () => undefined)
  }
  const chunks = body[Symbol.asyncIterator]()
  try {
    signal?.throwIfAborted()
    while (true) {
      waitingSince = hostClock.now()
      const chunk = await Promise.race([chunks.next(), interrupted])
      waitingSince = Number.POSITIVE_INFINITY
      if (chunk.done === true) return
      yield chunk.value
    }
  } finally {
    finished.abort()
    signal?.removeEventListener('abort', onAbort)
    body.destroy?.()
  }
}

/** One timer for the whole body, however many chunks it has; so silence is noticed after one to two times `timeout`. */
async function watch(timeout: number, waitingSince: () => number, finished: AbortSignal): Promise<TimeoutError> {
  while (true) {
    await hostClock.sleep(timeout, finished)
    if (hostClock.now() - waitingSince() >= timeout) {
      return new TimeoutError(`Salesforce sent nothing for ${timeout / 1000} seconds in the middle of an answer.`, {
        phase: 'body',
      })
    }
  }
}
