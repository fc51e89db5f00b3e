import { setTimeout as sleep } from 'node:timers/promises'

/** How long after an error a process may still turn out to be gone, in milliseconds. */
const graceForEnd = 1000

/**
 * The error to show: a dead process looks like a refused connection to whoever spoke to it at that moment, and the
 * sentence on its end says more.
 * @param ended settles with a sentence when going on makes no sense
 */
export async function rootCause(error: unknown, ended: Promise<string>): Promise<unknown> {
  const reason = await Promise.race([ended, sleep(graceForEnd, undefined)])
  return reason === undefined ? error : new Error(reason)
}
