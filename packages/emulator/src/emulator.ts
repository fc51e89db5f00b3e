import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { checkOptions } from './check-options.ts'
import { type PublishedEvent, publishedEvents } from './events/model.ts'
import { type Fault, FaultList } from './faults/fault.ts'
import type { AppSettings, Credentials } from './org/connected-app.ts'
import { deployedMetadata, type OrgMetadata } from './org/metadata.ts'
import { loadMetadata } from './org/metadata-file.ts'
import { Org } from './org/org.ts'
import type { Pace } from './org/pace.ts'
import type { UserAccount } from './org/user-accounts.ts'
import { buildSchema } from './schema/build-schema.ts'
import type { CustomSchema } from './schema/custom-schema.ts'
import { seedUser } from './seed/empty.ts'
import { type SeedRecords, seedRecords } from './seed/records.ts'
import { type LoggedRequest, RequestLog } from './server/request-log.ts'
import { createServer } from './server/server.ts'

/** How to start an emulator; everything has a default. */
export interface EmulatorOptions {
  /** `demo` (some 3,900 related records), `empty` (the default: one user and nothing else), or records of your own. */
  readonly seed?: 'demo' | 'empty' | SeedRecords | undefined
  /** Port to listen at; 0, the default, takes a free one. */
  readonly port?: number | undefined
  /** Address to bind to; loopback (127.0.0.1) unless told otherwise. */
  readonly host?: string | undefined
  /** Path of a SQLite file that keeps the records; in memory when absent. A file that has records is not seeded. */
  readonly data?: string | undefined
  /** Time in epoch milliseconds, for sessions, records and jobs; the system's when absent. */
  readonly clock?: { now(): number } | undefined
  /** Seconds a session lives; 7,200 when absent. */
  readonly sessionSeconds?: number | undefined
  /** Users that can log in, beside the one of the credentials. */
  readonly users?: readonly UserAccount[] | undefined
  /** Further callback URLs, and whether refresh tokens are replaced at each use. */
  readonly app?: AppSettings | undefined
  /** Milliseconds every answer is held back, up to 2,147,483,647; 0 when absent. */
  readonly latency?: number | undefined
  /** Calls that the org takes in 24 hours; those beyond get 403 REQUEST_LIMIT_EXCEEDED. 100,000 when absent. */
  readonly apiLimit?: number | undefined
  /** Records of one result page of a bulk query where the caller does not say (`maxRecords`); 250,000 when absent. */
  readonly resultPageRows?: number | undefined
  /** Faults that are armed from the start, and again by a reset. */
  readonly faults?: readonly Fault[] | undefined
  /**
   * Actions, flows, Apex REST classes, approval processes, list views, quick actions and reports beside the demo ones; one
   * of the same name takes the place of a demo one. A text is the path of a file: a module that exports `metadata`, or JSON.
   */
  readonly metadata?: Partial<OrgMetadata> | string | undefined
  /** Custom objects, and custom fields of the others. */
  readonly schema?: CustomSchema | undefined
  /** Describes of any org, parsed: each becomes an object, or takes the place of the demo org's. */
  readonly describes?: readonly unknown[] | undefined
  /** Numbers from 0 up to 1 for faults with a probability; Math.random when absent. */
  readonly random?: (() => number) | undefined
}

/** A running emulator: one org behind one HTTP server. */
export class Emulator {
  /** Base URL, `http://127.0.0.1:port`; login URL and instance URL in one. */
  readonly url: string
  readonly #org: Org
  readonly #server: FastifyInstance
  readonly #log: RequestLog
  /** Faults to come; the first that matches a request happens to it. */
  readonly faults: FaultList

  constructor(org: Org, server: FastifyInstance, faults: FaultList, log: RequestLog) {
    const { address, family, port } = server.server.address() as AddressInfo
    this.url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
    this.#org = org
    this.#server = server
    this.#log = log
    this.faults = faults
  }

  /** What clients log in with. */
  get credentials(): Credentials {
    return this.#org.app.credentials
  }

  /** How fast background jobs go. */
  get pace(): { set(pace: Pace): void } {
    return {
      set: (pace) => {
        this.#org.pace = pace
      },
    }
  }

  /** The requests received so far, oldest first, without secrets; those of the control plane are not among them. */
  requests(): LoggedRequest[] {
    return this.#log.list()
  }

  /** The platform events published so far. */
  events(): PublishedEvent[] {
    return publishedEvents(this.#org.records)
  }

  /** Ends all sessions: the next call with an old token gets 401 INVALID_SESSION_ID. */
  expireSessions(): void {
    this.#org.sessions.expireAll()
  }

  /** Brings everything back to the state right after the start; the credentials stay good. */
  reset(): void {
    this.#org.reset()
    this.faults.reset()
    this.#log.clear()
  }

  /** Stops listening, drops open connections and closes the database. */
  async close(): Promise<void> {
    await this.#server.close()
    this.#org.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}

/**
 * Starts an emulator and resolves when it listens. Rejects with an `InvalidOption` that names an option that makes no sense,
 * with the system's error when the port is taken, with one whose code is `EBUSY` when another emulator has the data file.
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  checkOptions(options)
  const faults = new FaultList(options.random ?? Math.random, options.faults)
  const org = new Org({
    schema: buildSchema({ describes: options.describes, custom: options.schema }),
    metadata: deployedMetadata(await metadataOf(options.metadata)),
    clock: options.clock ?? Date,
    data: options.data,
    sessionSeconds: options.sessionSeconds ?? 7200,
    users: options.users,
    app: options.app,
    apiLimit: options.apiLimit,
    seed: await seedOf(options.seed),
  })
  const log = new RequestLog(org.clock)
  const server = createServer({
    org,
    faults,
    log,
    latency: options.latency ?? 0,
    resultPageRows: options.resultPageRows,
  })
  try {
    await server.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' })
  } catch (error) {
    org.close()
    throw error
  }
  return new Emulator(org, server, faults, log)
}

async function seedOf(seed: EmulatorOptions['seed']): Promise<(org: Org) => void> {
  if (seed === undefined || seed === 'empty') return seedUser
  // Faker is large: only who wants its records loads it.
  if (seed === 'demo') return (await import('./seed/demo.ts')).seedDemo
  return (org) => {
    seedUser(org)
    seedRecords(org, seed)
  }
}

async function metadataOf(metadata: EmulatorOptions['metadata']): Promise<Partial<OrgMetadata> | undefined> {
  return typeof metadata === 'string' ? await loadMetadata(metadata) : metadata
}
