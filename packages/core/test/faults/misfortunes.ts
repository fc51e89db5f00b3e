import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { type Clock, clientCredentials, customClock, Salesforce } from '@forcewire/core'
import type { Emulator } from '@forcewire/emulator'

type Misfortune = Omit<Parameters<Emulator['faults']['add']>[0], 'path'>

/** What may happen to a call, by its name. */
const misfortunes: Readonly<Record<string, Misfortune>> = {
  'is reset': { reset: true },
  'loses the end of its answer': { truncate: 10 },
  'meets a server in trouble': { status: 503, body: 'upstream connect error' },
  'meets a lock': { status: 400, errorCode: 'UNABLE_TO_LOCK_ROW' },
  'finds its session ended': { expireSession: true },
  'is answered by a proxy': { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Log in</html>' },
}

/** The machine's time without its short waits: back-off and polls end at once, deadlines do not. */
const hastyClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => wait(milliseconds <= 10_000 ? 0 : milliseconds, undefined, { signal }),
}

/** A client that logs in when it is first used. */
export function hastyClient({ credentials, url }: Emulator): Salesforce {
  return new Salesforce({ auth: clientCredentials({ ...credentials, loginUrl: url }), [customClock]: hastyClock })
}

const dataPath = /^\/services\/data\//

/** A call that something happens to. */
export interface Blow {
  /** For the messages of assertions: `call 2 of 4 is reset`. */
  readonly what: string
  /** Position of the call, from 0. */
  readonly call: number
}

/**
 * Runs something once in peace, to count its calls, and then once for each of these calls and each misfortune that may
 * happen to it.
 *
 * @param prepare - Brings the org into the state to start from.
 */
export async function underFire(
  emulator: Emulator,
  prepare: () => Promise<unknown>,
  run: (salesforce: Salesforce, blow: Blow | undefined) => Promise<unknown>,
): Promise<void> {
  await prepare()
  const before = dataCalls(emulator)
  await withClient(emulator, (salesforce) => run(salesforce, undefined))
  const calls = dataCalls(emulator) - before
  assert.ok(calls > 0)
  for (const [name, misfortune] of Object.entries(misfortunes)) {
    for (let call = 0; call < calls; call += 1) {
      await prepare()
      strike(emulator, call, misfortune)
      await withClient(emulator, (salesforce) => run(salesforce, { what: `call ${call} of ${calls} ${name}`, call }))
      emulator.faults.clear()
    }
  }
}

/** The calls before the one that is struck go through. */
function strike(emulator: Emulator, call: number, misfortune: Misfortune): void {
  if (call > 0) emulator.faults.add({ path: dataPath, headers: { 'x-spared': 'yes' }, times: call })
  emulator.faults.add({ path: dataPath, ...misfortune })
}

async function withClient(emulator: Emulator, run: (salesforce: Salesforce) => Promise<unknown>): Promise<void> {
  await using salesforce = hastyClient(emulator)
  await run(salesforce)
}

function dataCalls(emulator: Emulator): number {
  return emulator.requests().filter(({ path }) => dataPath.test(path)).length
}
