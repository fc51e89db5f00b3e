import Table from 'cli-table3'
import { median } from '../../measured.ts'
import { bare, creates, ingest, query } from './loads.ts'
import { type Load, measure } from './measure.ts'

const created = 10_000
const loaded = 100_000
const most = 1_000_000
/** Runs of each side of a bar, in turn; the medians are compared. */
const repetitions = 3
/** A start is short, so that it needs more runs. */
const starts = 7

/** One bar of the emulator's speed, as measured. */
export interface Finding {
  readonly title: string
  /** What the emulator and what it is held against need. */
  readonly emulator: string
  readonly heldAgainst: string
  /** How many times as much the emulator needs. */
  readonly ratio: number
  /** Most that is allowed. */
  readonly bar: number
}

/**
 * Measures every bar, each run in a fresh process. CPU time of the server's process is compared, not time on the clock:
 * the client is not in it, and other work on the machine hardly is.
 */
export async function findings(): Promise<Finding[]> {
  const road = '/services/data/v67.0/sobjects/Account'
  const prepare = bare('POST', '/prepare', { rows: loaded })
  const insert = bare('POST', '/insert')
  const read = bare('GET', '/read')
  return [
    await cpu('sObject create, against a bare fastify route with one prepared insert', 3, {
      emulator: [creates(road, created), creates(road, 1000)],
      bare: [creates('/create', created), creates('/create', 1000)],
    }),
    await cpu('Bulk ingest, against inserting the same rows into the same table', 4, {
      emulator: [ingest(loaded), ingest(2000)],
      bare: [insert, prepare],
    }),
    await cpu('query pages, against node:sqlite and JSON.stringify', 3, {
      emulator: [query, inTurn(ingest(loaded), query)],
      bare: [read, inTurn(prepare, insert, read)],
    }),
    await memory(),
    await start(),
  ]
}

/** The findings as a table. */
export function findingTable(found: readonly Finding[]): string {
  const table = new Table({
    head: ['The emulator', 'needs', 'against', 'ratio', 'bar', ''],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [] },
  })
  for (const { title, emulator, heldAgainst, ratio, bar } of found) {
    table.push([title, emulator, heldAgainst, ratio.toFixed(2), bar, ratio <= bar ? 'holds' : 'missed'])
  }
  return table.toString()
}

async function cpu(
  title: string,
  bar: number,
  loads: Readonly<Record<'emulator' | 'bare', readonly [load: Load, warmUp: Load]>>,
): Promise<Finding> {
  const seconds = { emulator: [] as number[], bare: [] as number[] }
  for (let run = 0; run < repetitions; run += 1) {
    for (const side of ['emulator', 'bare'] as const) {
      const [load, warmUp] = loads[side]
      seconds[side].push((await measure(side, load, { warmUp })).cpuSeconds)
    }
  }
  return finding(title, bar, median(seconds.emulator), median(seconds.bare), (value) => `${value.toFixed(3)} s`)
}

/** Of the emulator as its command line starts it, which is what a user's process is. */
async function memory(): Promise<Finding> {
  const large = await measure('command-line', ingest(most))
  const small = await measure('command-line', ingest(loaded))
  const title = `memory of an ingest of ${most.toLocaleString('en')} rows, against ${loaded.toLocaleString('en')}`
  return finding(title, 1.5, large.peakMegabytes, small.peakMegabytes, (value) => `${value.toFixed(0)} MB`)
}

async function start(): Promise<Finding> {
  const seconds = { emulator: [] as number[], 'bare-start': [] as number[] }
  for (let run = 0; run < starts; run += 1) {
    for (const side of ['emulator', 'bare-start'] as const) {
      seconds[side].push((await measure(side, async () => {})).startSeconds)
    }
  }
  const title = 'createEmulator() in a fresh process with all its imports, against bare fastify with an empty SQLite'
  const [ours, floor] = [median(seconds.emulator), median(seconds['bare-start'])]
  return finding(title, 3, ours, floor, (value) => `${(value * 1e3).toFixed(0)} ms`)
}

function finding(title: string, bar: number, ours: number, floor: number, shown: (value: number) => string): Finding {
  return { title, bar, emulator: shown(ours), heldAgainst: shown(floor), ratio: ours / floor }
}

function inTurn(...loads: readonly Load[]): Load {
  return async (subject) => {
    for (const load of loads) await load(subject)
  }
}
