import type { Clock } from '../http/connection.ts'

/** The longest time that a Node timer can wait; longer ones would fire at once. */
const longestSleep = 2 ** 31 - 1

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const onAbort = (): void => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', onAbort)
          resolve()
        },
        Math.min(milliseconds, longestSleep),
      )
      signal?.addEventListener('abort', onAbort, { once: true })
    }),
}
