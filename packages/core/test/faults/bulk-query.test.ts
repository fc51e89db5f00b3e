import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { BulkQuery, BulkQueryOptions } from '@forcewire/core'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { assertSent, assertStruck, type Cell, eachCell, namedJob, type Road, StruckClient } from './bulk-faults.ts'

const records = Array.from({ length: 6 }, (_, index) => ({ Name: `row ${index}`, NumberOfEmployees: index }))
const lines = records.map(({ Name, NumberOfEmployees }) => `"${Name}","${NumberOfEmployees}"\n`)
const csv = ['"Name","NumberOfEmployees"\n', ...lines].join('')
const soql = 'SELECT Name, NumberOfEmployees FROM Account ORDER BY Name'

/** Pages of one record where the org lists them, of two where they are asked for one after the other. */
const inParallel = {}
const byLocator = { maxRecords: 2 }

const begin: Readonly<Record<string, Road>> = {
  login: { method: 'POST', path: /\/oauth2\/token$/, count: 1, reads: true, fatal: ['a torn body in a whole answer'] },
  create: { method: 'POST', path: /\/jobs\/query$/, count: 1, repeats: 'refused' },
  poll: { method: 'GET', path: /\/jobs\/query\/\w+$/, count: 1 },
}
const described: Road = { method: 'GET', path: /\/describe$/, count: 1 }
const listed: Road = { method: 'GET', path: /\/resultPages$/i, count: 2 }
const page: Omit<Road, 'count'> = { method: 'GET', path: /\/results$/ }

/** One way to read the results, and the requests that it takes. */
interface Extract {
  readonly options: BulkQueryOptions
  readonly roads: Readonly<Record<string, Road>>
  /** Adds what comes, piece by piece. */
  read(query: BulkQuery<object>, pieces: unknown[]): Promise<void>
  readonly whole: readonly unknown[]
}

const asRecords = {
  async read(query: BulkQuery<object>, pieces: unknown[]) {
    for await (const record of query) pieces.push({ ...record })
  },
  whole: records,
}
const asCsv = {
  async read(query: BulkQuery<object>, pieces: unknown[]) {
    for await (const chunk of query.csv()) pieces.push(...chunk)
  },
  whole: [...new TextEncoder().encode(csv)],
}

const extracts: Readonly<Record<string, Extract>> = {
  'records of pages in parallel': {
    ...asRecords,
    options: inParallel,
    roads: { ...begin, describe: described, resultPages: listed, 'result page': { ...page, count: 6 } },
  },
  'records of pages by locator': {
    ...asRecords,
    options: byLocator,
    roads: { ...begin, describe: described, 'result page': { ...page, count: 3 } },
  },
  'CSV of pages in parallel': {
    ...asCsv,
    options: inParallel,
    roads: { ...begin, resultPages: listed, 'result page': { ...page, count: 6 } },
  },
  'CSV of pages by locator': {
    ...asCsv,
    options: byLocator,
    roads: { ...begin, 'result page': { ...page, count: 3 } },
  },
}

/** The way to the job is the same for all. */
const once = new Set<Road>()

for (const [name, { options, roads, read, whole }] of Object.entries(extracts)) {
  describe(`an extract as ${name}`, () => {
    let emulator: Emulator
    before(async () => {
      emulator = await createEmulator({ seed: { Account: records }, resultPageRows: 1 })
    })
    after(() => emulator.close())

    function start(): void {
      emulator.reset()
      emulator.pace.set({ reads: 1 })
    }

    async function readAll(query: BulkQuery<object>): Promise<unknown[]> {
      const pieces: unknown[] = []
      await read(query, pieces)
      return pieces
    }

    it('sends every request of the matrix, and no other', async () => {
      start()
      await using client = new StruckClient(emulator)
      assert.deepEqual(await readAll(client.salesforce.bulk.query(soql, options)), whole)
      assertSent(emulator, roads)
    })

    for (const [roadName, road] of Object.entries(roads)) {
      if (once.has(road)) continue
      once.add(road)
      it(`is complete and exact, or names the job from which it is resumed: ${roadName}`, async () => {
        await eachCell(roadName, road, async (cell) => {
          start()
          const error = await struck(cell)
          if (error === undefined) return
          assert.ok(!cell.heals, String(error))
          await using later = new StruckClient(emulator)
          const { bulk } = later.salesforce
          // Where there is no job yet, or nobody knows its Id, the query is begun again; it changes nothing.
          const known = roadName !== 'login' && roadName !== 'create'
          const again = known ? bulk.resumeQuery<object>(namedJob(error), options) : bulk.query<object>(soql, options)
          assert.deepEqual(await readAll(again), whole)
        })
      })
    }

    /** Answers the error in which it ended, after pieces that are the beginning of the whole. */
    async function struck(cell: Cell): Promise<Error | undefined> {
      await using client = new StruckClient(emulator, cell)
      const pieces: unknown[] = []
      try {
        await read(client.salesforce.bulk.query<object>(soql, options), pieces)
      } catch (error) {
        assert.deepEqual(pieces, whole.slice(0, pieces.length), 'the beginning')
        return error as Error
      } finally {
        assertStruck(emulator, cell)
        emulator.faults.clear()
      }
      assert.deepEqual(pieces, whole)
      return undefined
    }
  })
}
