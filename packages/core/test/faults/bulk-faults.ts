import assert from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import {
  BulkJobError,
  clientCredentials,
  customClock,
  customRandom,
  customTransport,
  Salesforce,
  SalesforceError,
  type Transport,
} from '@forcewire/core'
import type { Emulator } from '@forcewire/emulator'
import { Agent } from 'undici'
import { undiciTransport } from '../../src/undici/undici-transport.ts'
import { TestClock } from '../support/test-clock.ts'

type Fault = Parameters<Emulator['faults']['add']>[0]

/** A request of a load or an extract. */
export interface Road {
  readonly method: string
  readonly path: RegExp
  /** How many such requests there are. */
  readonly count: number
  /** `every`: Salesforce may be told again; `refused`: only where it surely did nothing before. Default `every`. */
  readonly repeats?: 'every' | 'refused'
  /** Whether it changes nothing, so that it is all the same when the misfortune happens. Default: those with GET. */
  readonly reads?: boolean
  /** Misfortunes that end it all the same. */
  readonly fatal?: readonly string[]
}

/** What may happen to a request. */
interface Misfortune {
  readonly effect: Omit<Fault, 'path'>
  /** Before Salesforce does its work, or after it, so that only the answer is lost. */
  readonly when: readonly ('before' | 'after')[]
  /** Which requests get over it: those that may be sent again, those that only read, all, or none. */
  readonly heals: 'every' | 'reads' | 'all' | 'none'
  /** Nothing more comes until the time is over: before the headers, or after some of the body. */
  readonly silent?: 'headers' | 'body'
}

/** Longer than any test. */
const FOR_EVER = 600_000
/** Milliseconds after which any wait for an answer is over. */
const PATIENCE = 200_000

const misfortunes: Readonly<Record<string, Misfortune>> = {
  'a server error': {
    effect: { status: 500, body: 'Internal Server Error' },
    when: ['before', 'after'],
    heals: 'every',
  },
  'an unknown exception': {
    effect: { status: 500, errorCode: 'UNKNOWN_EXCEPTION' },
    when: ['before', 'after'],
    heals: 'reads',
  },
  'a gateway in trouble': {
    effect: { status: 503, body: 'upstream connect error' },
    when: ['before', 'after'],
    heals: 'every',
  },
  'an unavailable server': {
    effect: { status: 503, errorCode: 'SERVER_UNAVAILABLE' },
    when: ['before'],
    heals: 'all',
  },
  'a reset': { effect: { reset: true }, when: ['before', 'after'], heals: 'every' },
  'an end in the middle of the body': { effect: { truncate: 10 }, when: ['after'], heals: 'every' },
  'a torn body in a whole answer': { effect: { truncate: 12, ending: 'whole' }, when: ['after'], heals: 'every' },
  'an ended session': { effect: { expireSession: true }, when: ['before', 'after'], heals: 'all' },
  'too many requests at once': {
    effect: {
      status: 403,
      errorCode: 'REQUEST_LIMIT_EXCEEDED',
      message: 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
    },
    when: ['before'],
    heals: 'all',
  },
  'no answer': { effect: { delay: FOR_EVER }, when: ['before', 'after'], heals: 'none', silent: 'headers' },
  'silence in the middle of the body': {
    effect: { truncate: 10, ending: 'silence' },
    when: ['after'],
    heals: 'none',
    silent: 'body',
  },
}

/** One cell of the matrix. */
export interface Cell {
  /** For the messages of assertions: `create 2 of 2 meets a reset after the work, once`. */
  readonly what: string
  readonly fault: Fault
  readonly silent: Misfortune['silent']
  /** Whether the client has to get over it. */
  readonly heals: boolean
}

/** Everything that may happen to the requests of a road. */
function* cellsOf(
  name: string,
  { method, path, count, repeats = 'every', reads = method === 'GET', fatal = [] }: Road,
): Generator<Cell> {
  const struck = count > 3 ? [0, count - 1] : Array.from({ length: count }, (_, index) => index)
  for (const [what, { effect, when, heals, silent }] of Object.entries(misfortunes)) {
    for (const moment of reads ? when.slice(0, 1) : when) {
      for (const skip of struck) {
        for (const times of [1, Number.POSITIVE_INFINITY]) {
          // Much is done before the last one, and must not be done again.
          if (times > 1 && skip !== count - 1) continue
          yield {
            what: `${name} ${skip + 1} of ${count} meets ${what} ${moment} the work, ${times === 1 ? 'once' : 'again and again'}`,
            fault: { method, path, ...effect, after: moment === 'after', skip, times },
            silent,
            heals:
              times === 1 &&
              !fatal.includes(what) &&
              (heals === 'all' ||
                (repeats === 'every' && (heals === 'every' || (heals === 'reads' && method === 'GET')))),
          }
        }
      }
    }
  }
}

/** Checks every cell of a road, and tells of all that do not hold. */
export async function eachCell(name: string, road: Road, check: (cell: Cell) => Promise<void>): Promise<void> {
  const problems: string[] = []
  for (const cell of cellsOf(name, road)) {
    await check(cell).catch((error: Error) => problems.push(`${cell.what}: ${error.message}`))
  }
  assert.equal(problems.join('\n'), '')
}

/** Checks that the fault of a cell has happened: that the request which it waits for was sent. */
export function assertStruck(emulator: Emulator, { fault }: Cell): void {
  assert.ok(arrivedAt(emulator, fault) > (fault.skip ?? 0), 'the request of this cell was sent')
}

/** Checks that the requests of these roads were sent, each as often as it says, and no others. */
export function assertSent(emulator: Emulator, roads: Readonly<Record<string, Road>>): void {
  let all = 0
  for (const [name, road] of Object.entries(roads)) {
    assert.equal(arrivedAt(emulator, road), road.count, name)
    all += road.count
  }
  assert.equal(emulator.requests().length, all)
}

/** How many requests of a road have arrived. */
function arrivedAt(emulator: Emulator, { method, path }: Pick<Fault, 'method' | 'path'>): number {
  return emulator.requests().filter((request) => request.method === method && request.path.search(path) >= 0).length
}

/** The Id of the job that an error names: as `jobId`, or in its sentence. */
export function namedJob(error: unknown): string {
  assert.ok(error instanceof SalesforceError, String(error))
  const [id] = /\b750\w{12,15}\b/.exec(error instanceof BulkJobError ? error.jobId : error.message) ?? []
  assert.ok(id !== undefined, `no job is named: ${error}`)
  return id
}

/** Turns of the event loop in which a request that has arrived is worked on. */
const TURNS = 50

/** A client whose waits are over at once; while a fault holds an answer back, its time passes until it gives up. */
export class StruckClient implements AsyncDisposable {
  readonly salesforce: Salesforce
  readonly #clock = new TestClock(5_000)
  readonly #agent = new Agent()
  readonly #emulator: Emulator
  #sent = 0

  constructor(emulator: Emulator, cell?: Cell) {
    this.#emulator = emulator
    if (cell !== undefined) emulator.faults.add(cell.fault)
    const wire = undiciTransport(this.#agent)
    this.salesforce = new Salesforce({
      auth: clientCredentials({ ...emulator.credentials, loginUrl: emulator.url }),
      [customClock]: this.#clock,
      [customRandom]: () => 1,
      [customTransport]: cell?.silent === undefined ? wire : this.#waiting(wire, cell),
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.salesforce.close()
    await this.#agent.destroy()
  }

  #waiting(wire: Transport, { fault, silent }: Cell): Transport {
    return async (request) => {
      const { pathname } = new URL(request.url)
      const struck = request.method === fault.method && pathname.search(fault.path) >= 0 && this.#isStruck(fault)
      const before = this.#sent
      const answer = wire(request)
      if (!struck) return answer
      const state = { over: false }
      if (silent === 'headers') {
        answer.catch(() => {})
        while (arrivedAt(this.#emulator, fault) < before && request.signal?.aborted !== true) await turn()
        await this.#passTime(request.signal, state)
        return answer
      }
      const response = await answer
      void this.#passTime(request.signal, state)
      return { ...response, body: watched(response.body, state) }
    }
  }

  #isStruck({ skip = 0, times = 1 }: Fault): boolean {
    const index = this.#sent
    this.#sent += 1
    return index >= skip && index < skip + times
  }

  async #passTime(signal: AbortSignal | undefined, state: { readonly over: boolean }): Promise<void> {
    while (!state.over && signal?.aborted !== true) {
      for (let count = 0; count < TURNS; count += 1) await turn()
      if (!state.over) this.#clock.advance(PATIENCE)
    }
  }
}

async function* watched(body: AsyncIterable<Uint8Array>, state: { over: boolean }): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } finally {
    state.over = true
  }
}
