import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Bulk, BulkIngest, IngestCheckpoint } from '@forcewire/core'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { assertSent, assertStruck, type Cell, eachCell, namedJob, type Road, StruckClient } from './bulk-faults.ts'
import { loadedNumbers, numbersOf } from './plain-org.ts'

/** Two jobs: rows 0 and 1, rows 2 and 3. Row 3 has no name, so Salesforce refuses it. */
const rows = [0, 1, 2, 3].map((number) => ({ Name: number === 3 ? '' : `row ${number}`, NumberOfEmployees: number }))
const csv = ['Name,NumberOfEmployees', ...rows.map((row) => `${row.Name},${row.NumberOfEmployees}`), ''].join('\n')
const options = { object: 'Account', operation: 'insert', maxRows: 2, jobsInFlight: 1 } as const
const good = [0, 1, 2]
const refused = [3]

const job = /\/jobs\/ingest\/\w+$/
const roads: Readonly<Record<string, Road>> = {
  login: { method: 'POST', path: /\/oauth2\/token$/, count: 1, reads: true, fatal: ['a torn body in a whole answer'] },
  create: { method: 'POST', path: /\/jobs\/ingest$/, count: 2, repeats: 'refused' },
  upload: { method: 'PUT', path: /\/batches$/, count: 2 },
  UploadComplete: { method: 'PATCH', path: job, count: 2 },
  poll: { method: 'GET', path: job, count: 2 },
  successfulResults: { method: 'GET', path: /\/successfulResults$/, count: 2 },
  failedResults: { method: 'GET', path: /\/failedResults$/, count: 2 },
}

type Source = typeof rows | string

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

  it('sends every request of the matrix, and no other', async () => {
    start()
    await using client = new StruckClient(emulator)
    assert.deepEqual(await loadAll(client.salesforce.bulk.ingest(options, rows)), complete)
    assertSent(emulator, roads)
  })

  for (const [name, road] of Object.entries(roads)) {
    it(`is complete and exact, or resumed to be so: ${name}`, async () => {
      let cells = 0
      await eachCell(name, road, async (cell) => {
        const source = cells % 2 === 0 ? rows : csv
        cells += 1
        start()
        const broken = await struck(cell, (bulk) => bulk.ingest(options, source))
        if (broken !== undefined) {
          // Before there is a job, there is none to name.
          if (name !== 'login' && name !== 'create') namedJob(broken.error)
          if (name === 'login') assert.doesNotMatch(String(broken.error), /may have created/)
          await completed(cell, broken, source)
        }
        assert.deepEqual(await loadedNumbers(emulator), good, 'each row once')
      })
    })
  }

  it('takes the rows that an aborted job never came to into another job, or is resumed to do so: unprocessedrecords', async () => {
    await eachCell('unprocessedrecords', { method: 'GET', path: /\/unprocessedrecords$/, count: 2 }, async (cell) => {
      start()
      const aborted = await withAbortedJob()
      const broken = await struck(cell, (bulk) => bulk.resume(aborted, rows))
      if (broken !== undefined) await completed(cell, broken, rows)
      assert.deepEqual(await loadedNumbers(emulator), good, 'each row once')
    })
  })

  /** The checkpoint of a load whose second job was aborted before Salesforce came to it. */
  async function withAbortedJob(): Promise<IngestCheckpoint> {
    await using client = new StruckClient(emulator)
    const { bulk } = client.salesforce
    const load = bulk.ingest(options, rows)
    const [, second] = await load.upload()
    await bulk.ingestJobs.abort(second?.id ?? '')
    return load.checkpoint
  }

  /** Goes on with a load in another client. */
  async function completed(cell: Cell, { error, checkpoint }: Broken, source: Source): Promise<void> {
    assert.ok(!cell.heals, String(error))
    await using later = new StruckClient(emulator)
    assert.deepEqual(await loadAll(later.salesforce.bulk.resume(checkpoint, source)), complete)
  }

  /** Answers the error in which it ended, and its checkpoint as it is read from where it was stored. */
  async function struck(cell: Cell, begin: (bulk: Bulk) => BulkIngest): Promise<Broken | undefined> {
    await using client = new StruckClient(emulator, cell)
    const load = begin(client.salesforce.bulk)
    try {
      assert.deepEqual(await loadAll(load), complete)
      return undefined
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error
      return { error, checkpoint: JSON.parse(JSON.stringify(load.checkpoint)) }
    } finally {
      assertStruck(emulator, cell)
      emulator.faults.clear()
    }
  }
})
