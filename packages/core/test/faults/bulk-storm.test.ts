import assert from 'node:assert/strict'
import { it } from 'node:test'
import { type IngestCheckpoint, SalesforceError } from '@forcewire/core'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { StruckClient } from './bulk-faults.ts'
import { loadedNumbers, numbersOf } from './plain-org.ts'

type Fault = Parameters<Emulator['faults']['add']>[0]

const rows = Array.from({ length: 23 }, (_, number) => ({ Name: `row ${number}`, NumberOfEmployees: number }))
const numbers = rows.map(({ NumberOfEmployees }) => NumberOfEmployees)
const options = { object: 'Account', operation: 'insert', maxRows: 4, jobsInFlight: 3 } as const

/** Any request may meet any of these, before the work or after it. */
const storm: readonly Omit<Fault, 'path'>[] = [
  { status: 500, errorCode: 'UNKNOWN_EXCEPTION' },
  { status: 500, errorCode: 'UNKNOWN_EXCEPTION', after: true },
  { status: 503, body: 'upstream connect error' },
  { status: 503, body: 'upstream connect error', after: true },
  { reset: true },
  { reset: true, after: true },
  { truncate: 10 },
  { truncate: 10, ending: 'whole' },
  { expireSession: true },
  { expireSession: true, after: true },
]

/** Numbers from 0 up to 1 that are the same in every run (Park and Miller, 1988). */
function randomFrom(seed: number): () => number {
  let state = seed * 7919
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** Most attempts that a load may take; each of them gets further, so that far fewer do. */
const ENOUGH = 60

for (let seed = 1; seed <= 12; seed += 1) {
  it(`a load in a storm, resumed as often as it takes, loads each row once (storm ${seed})`, async () => {
    await using emulator = await createEmulator({ seed: 'empty', random: randomFrom(seed) })
    emulator.pace.set({ reads: 1 })
    for (const effect of storm) {
      emulator.faults.add({ path: '/services/', ...effect, probability: 0.02, times: Number.POSITIVE_INFINITY })
    }
    let checkpoint: IngestCheckpoint | undefined
    let attempts = 0
    for (let done = false; !done; ) {
      attempts += 1
      assert.ok(attempts < ENOUGH, `still not done: ${JSON.stringify(checkpoint)}`)
      await using client = new StruckClient(emulator)
      const { bulk } = client.salesforce
      const load = checkpoint === undefined ? bulk.ingest(options, rows) : bulk.resume(checkpoint, rows)
      try {
        const { rows: read, processed, failed, unprocessed } = await load.run()
        assert.deepEqual(
          { read, processed, failed, unprocessed },
          { read: 23, processed: 23, failed: 0, unprocessed: 0 },
        )
        done = true
        emulator.faults.clear()
        assert.deepEqual(numbersOf(await load.successful().all()), numbers)
      } catch (error) {
        if (!(error instanceof SalesforceError)) throw error
        checkpoint = JSON.parse(JSON.stringify(load.checkpoint)) as IngestCheckpoint
      }
    }
    assert.deepEqual(await loadedNumbers(emulator), numbers)
  })
}
