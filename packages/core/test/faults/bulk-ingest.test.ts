import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { BulkIngest, IngestCheckpoint } from '@forcewire/core'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type Cell, eachCell, namedJob, type Road, StruckClient } from './bulk-faults.ts'

/** Two jobs: rows 0 and 1, rows 2 and 3. Row 3 has no name, so Salesforce refuses it. */
const rows = [0, 1, 2, 3].map((number) => ({ Name: number === 3 ? '' : `row ${number}`, NumberOfEmployees: number }))
const csv = ['Name,NumberOfEmployees', ...rows.map((row) => `${row.Name},${row.NumberOfEmployees}`), ''].join('\n')
const options = { object: 'Account', operation: 'insert', maxRows: 2, jobsInFlight: 1 } as const
const good = [0, 1, 2]
const refused = [3]

const job = /\/jobs\/ingest\/\w+$/
const roads: Readonly<Record<string, Road>> = {
  login: { method: 'POST', path: /\/oauth2\/token$/, count: 1, fatal: ['a torn body in a whole answer'] },
  create: { method: 'POST', path: /\/jobs\/ingest$/, count: 2, repeats: 'refused' },
  upload: { method: 'PUT', path: /\/batches$/, count: 2 },
  UploadComplete: { method: 'PATCH', path: job, count: 2 },
  poll: { method: 'GET', path: job, count: 2 },
  successfulResults: { method: 'GET', path: /\/successfulResults$/, count: 2 },
  failedResults: { method: 'GET', path: /\/failedResults$/, count: 2 },
}

/** Runs a load and reads all of its results. */
async function loadAll(load: BulkIngest): Promise<object> {
  const { rows, failed, unprocessed } = await load.run()
  return {
    counts: { rows, failed, unprocessed },
    successful: numbersOf(await load.successful().all()),
    failed: numbersOf(await load.failed().all()),
    unprocessed: numbersOf(await load.unprocessed().all()),
  }
}

const complete = {
  counts: { rows: 4, failed: 1, unprocessed: 0 },
  successful: good,
  failed: refused,
  unprocessed: [],
}

function numbersOf(records: readonly unknown[]): number[] {
  return records.map((record) => Number((record as { NumberOfEmployees: unknown }).NumberOfEmployees)).sort()
}

/** What is left of a load that ended early. */
interface Broken {
  readonly error: unknown
  readonly checkpoint: IngestCheckpoint
}

describe('a load', () => {
  let emulator: Emulator
  before(async () => {
    emulator = await createEmulator({ seed: 'empty' })
  })
  after(() => emulator.close())

  function start(): void {
    emulator.reset()
    emulator.pace.set({ reads: 1 })
  }

  it('sends every request of the matrix', async () => {
    start()
    await using client = new StruckClient(emulator)
    assert.deepEqual(await loadAll(client.salesforce.bulk.ingest(options, rows)), complete)
    for (const [name, { method, path, count }] of Object.entries(roads)) {
      const sent = emulator.requests().filter((request) => request.method === method && path.test(request.path))
      assert.equal(sent.length, count, name)
    }
    const all = Object.values(roads).reduce((sum, { count }) => sum + count, 0)
    assert.equal(emulator.requests().length, all)
  })

  for (const [name, road] of Object.entries(roads)) {
    // What is sent of a CSV differs in the upload alone.
    for (const [kind, source] of Object.entries(name === 'upload' ? { rows, csv } : { rows })) {
      it(`of ${kind} is complete and exact, or resumed to be so: ${name}`, async () => {
        await eachCell(name, road, async (cell) => {
          start()
          const broken = await struck(cell, source)
          emulator.faults.clear()
          if (broken !== undefined) {
            assert.ok(!cell.heals, String(broken.error))
            // Before there is a job, there is none to name.
            if (name !== 'login' && name !== 'create') namedJob(broken.error)
            await using later = new StruckClient(emulator)
            const { checkpoint } = broken
            assert.deepEqual(await loadAll(later.salesforce.bulk.resume(checkpoint, source)), complete)
          }
          assert.deepEqual(await loaded(emulator), good, 'each row once')
        })
      })
    }
  }

  /** Answers the error in which it ended, and its checkpoint as it is read from where it was stored. */
  async function struck(cell: Cell, source: typeof rows | string): Promise<Broken | undefined> {
    await using client = new StruckClient(emulator, cell)
    const load = client.salesforce.bulk.ingest(options, source)
    try {
      assert.deepEqual(await loadAll(load), complete)
      return undefined
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error
      return { error, checkpoint: JSON.parse(JSON.stringify(load.checkpoint)) }
    }
  }
})

/** What the org holds, asked over plain HTTP. */
async function loaded(emulator: Emulator): Promise<number[]> {
  const { clientId, clientSecret } = emulator.credentials
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  })
  const login = await fetch(`${emulator.url}/services/oauth2/token`, { method: 'POST', body })
  const { access_token: token } = (await login.json()) as { access_token: string }
  const soql = encodeURIComponent('SELECT NumberOfEmployees FROM Account')
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${emulator.url}/services/data/v67.0/query?q=${soql}`, { headers })
  return numbersOf(((await answer.json()) as { records: unknown[] }).records)
}
