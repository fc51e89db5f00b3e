import type { Clock } from '@forcewire/core/portable'
import { sleep } from 'n8n-workflow'

/** n8n's own `sleep`, since community packages may not use timers; every n8n ends it on abort, also one older than 2.32. */
export const hostClock: Clock = {
  now: () => Date.now(),
  async sleep(milliseconds, signal) {
    if (signal === undefined) return sleep(milliseconds)
    signal.throwIfAborted()
    const { promise: aborted, reject } = Promise.withResolvers<never>()
    const onAbort = (): void => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      await Promise.race([sleep(milliseconds, signal), aborted])
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  },
}
