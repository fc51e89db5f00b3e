import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEmulator } from '@forcewire/emulator'
import type { JobCounts, RunningEngine } from './engine.ts'
import { discrepancy, runJob } from './job.ts'
import { OrgWatch } from './org-watch.ts'

const airports = { path: 'airports.csv', rows: 3 }
const counts: JobCounts = { created: 2, updated: 0, failed: 1, unprocessed: 0 }
const states = [{ state: 'AK', airports: 2 }]
const never = new Promise<string>(() => {})

function engine(load: RunningEngine['load']): RunningEngine {
  return { url: 'http://127.0.0.1:1', ended: never, load }
}

test('finds nothing to say when created, updated and failed rows add up and the org agrees', () => {
  assert.equal(discrepancy(3, 2, { counts, states }), undefined)
})

test('names the counts when rows are missing from the results', () => {
  const sentence = discrepancy(4, 2, { counts, states })
  assert.equal(
    sentence,
    "4 rows were read, but the job's results hold 3: 2 created, 0 updated, 1 failed, 0 unprocessed.",
  )
})

test('does not take unprocessed rows for done', () => {
  const outcome = { counts: { ...counts, created: 1, unprocessed: 1 }, states: [] }
  assert.equal(discrepancy(3, 1, outcome), '1 of 3 rows were left unprocessed.')
})

test('does not believe results that the org contradicts', () => {
  const sentence = discrepancy(3, 1, { counts, states })
  assert.equal(sentence, "The job's results name 2 created accounts, but the org has 1 more than before.")
})

test('does not believe a summary that counts other airports than were loaded', () => {
  const outcome = { counts, states: [...states, { state: 'TX', airports: 1 }] }
  assert.equal(discrepancy(3, 2, outcome), '2 rows were loaded, but the SOQL summary counts 3 airports.')
})

test('counts the accounts that a run adds and the calls that it makes, not those of the watching', async () => {
  const emulator = await createEmulator({ seed: 'empty' })
  try {
    const { accessToken } = emulator.credentials
    const create = async (externalId: string): Promise<void> => {
      await fetch(`${emulator.url}/services/data/v67.0/sobjects/Account`, {
        method: 'POST',
        headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ Name: externalId, External_Id__c: externalId }),
      })
    }
    const report = await runJob({
      engine: engine(async () => {
        await create('A')
        await create('B')
        return { counts, states }
      }),
      watch: new OrgWatch(emulator.url, accessToken),
      airports,
      ended: never,
      report: () => {},
      onProgress: () => {},
    })
    assert.equal(report.discrepancy, undefined)
    assert.equal(report.apiCalls, 2)
    assert.equal(report.rowsRead, 3)
  } finally {
    await emulator.close()
  }
})

test('says that a process is gone rather than how its end looked to the flow', async () => {
  const emulator = await createEmulator({ seed: 'empty' })
  const { promise: ended, resolve } = Promise.withResolvers<string>()
  const run = runJob({
    engine: engine(async () => {
      await emulator.close()
      setImmediate(resolve, 'The emulator is gone.')
      throw new Error('connect ECONNREFUSED')
    }),
    watch: new OrgWatch(emulator.url, emulator.credentials.accessToken),
    airports,
    ended,
    report: () => {},
    onProgress: () => {},
  })
  await assert.rejects(run, { message: 'The emulator is gone.' })
})

test('says that a process is gone even when it went just before the run', async () => {
  const emulator = await createEmulator({ seed: 'empty' })
  await emulator.close()
  const run = runJob({
    engine: engine(() => Promise.reject(new Error('not reached'))),
    watch: new OrgWatch(emulator.url, emulator.credentials.accessToken),
    airports,
    ended: Promise.resolve('The emulator is gone.'),
    report: () => {},
    onProgress: () => {},
  })
  await assert.rejects(run, { message: 'The emulator is gone.' })
})
