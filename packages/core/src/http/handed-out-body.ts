import type { Call } from './call.ts'
import type { Clock } from './connection.ts'
import { Expiry, type SharedTimer } from './shared-timer.ts'

/** How long a body may be silent, and by which clock. */
export interface SilenceLimit {
  readonly clock: Clock
  readonly timer: SharedTimer
  /** Milliseconds. */
  readonly bodyTimeout: number
}

/**
 * A body as it is handed out. Until somebody reads it, its call listens to the caller's signal for `bodyTimeout` at
 * most: a signal that lives on must not keep a body that is forgotten.
 *
 * @param body - What a reader gets. @param source - What it comes from, left when nobody has begun to read.
 */
export function handedOutBody(
  body: AsyncGenerator<Uint8Array, void, undefined>,
  source: AsyncIterator<Uint8Array>,
  call: Call,
  { clock, timer, bodyTimeout }: SilenceLimit,
): AsyncIterable<Uint8Array> {
  const unread = new Expiry(clock.now() + bodyTimeout, () => call.release())
  call.onRelease = () => timer.remove(unread)
  // Without a signal nothing listens.
  if (call.outerSignal !== undefined) timer.add(unread)
  let begun = false
  const iterator: AsyncIterableIterator<Uint8Array, void, undefined> = {
    [Symbol.asyncIterator]: () => iterator,
    next() {
      if (!begun) {
        begun = true
        timer.remove(unread)
        call.hold()
      }
      return body.next()
    },
    async return() {
      // A generator that has not begun does not clean up.
      if (!begun) {
        call.release()
        await source.return?.()
      }
      return body.return()
    },
  }
  return iterator
}
