import { AsyncLocalStorage } from 'node:async_hooks'
import type { DatabaseSync } from 'node:sqlite'
import { addEventTriggers } from '../events/model.ts'
import { addFileTriggers } from '../files/model.ts'
import { BlobStore } from '../records/blob-store.ts'
import { addCopiedFields } from '../records/copied-fields.ts'
import { IdSequence } from '../records/record-id.ts'
import { RecordStore } from '../records/record-store.ts'
import { addSalesTriggers } from '../records/sales-triggers.ts'
import type { OrgSchema } from '../schema/org-schema.ts'
import { BulkUsage } from './bulk-usage.ts'
import { type AppSettings, ConnectedApp, DEMO_USER } from './connected-app.ts'
import { recordDefinitions } from './definitions.ts'
import { deployedMetadata, type OrgMetadata } from './metadata.ts'
import { openDatabase } from './open-database.ts'
import type { Pace } from './pace.ts'
import { RefreshTokens } from './refresh-tokens.ts'
import { Sessions } from './sessions.ts'
import { Usage } from './usage.ts'
import { type UserAccount, UserAccounts } from './user-accounts.ts'

/** What an org is made of. */
export interface OrgOptions {
  readonly schema: OrgSchema
  /** The demo metadata when absent. */
  readonly metadata?: OrgMetadata | undefined
  readonly clock: { now(): number }
  /** Path of the SQLite file; in memory when absent. */
  readonly data?: string | undefined
  /** Seconds a session lives. */
  readonly sessionSeconds: number
  /** Users beside the one that every org has. */
  readonly users?: readonly UserAccount[] | undefined
  readonly app?: AppSettings | undefined
  /** Calls that the org may take in 24 hours. */
  readonly apiLimit?: number | undefined
  /** Fills an empty org; runs at the start and after every reset. */
  readonly seed: (org: Org) => void
}

const ORG_ID = '00Dfw0000000001EAA'

/**
 * One emulated org: everything that its services share. Routes get it as their plugin option; nothing about an org is
 * kept outside, so that two orgs in one process share nothing.
 */
export class Org {
  readonly id: string = ORG_ID
  readonly name: string = 'Forcewire Demo'
  readonly schema: OrgSchema
  /** Actions, Apex classes and other definitions that services run. */
  readonly metadata: OrgMetadata
  readonly clock: { now(): number }
  /** The SQLite database behind {@link Org.records}; services may read it with SQL of their own. */
  readonly database: DatabaseSync
  readonly ids: IdSequence = new IdSequence()
  readonly records: RecordStore
  /** Path of the SQLite file; undefined where the org ends with its process. */
  readonly data: string | undefined
  /** The bytes behind base64 fields. */
  readonly blobs: BlobStore
  readonly sessions: Sessions
  readonly refreshTokens: RefreshTokens = new RefreshTokens()
  /** Who can log in. */
  readonly accounts: UserAccounts
  /** The connected app and the credentials that clients log in with. */
  readonly app: ConnectedApp
  readonly usage: Usage
  readonly bulkUsage: BulkUsage
  /** When the org came up, in epoch milliseconds: its schema has not changed since. */
  readonly startedAt: number
  /** How fast background jobs go. */
  pace: Pace = 'at-once'
  readonly #seed: (org: Org) => void
  readonly #caller: AsyncLocalStorage<string> = new AsyncLocalStorage()
  readonly #resetListeners: (() => void)[] = []

  constructor(options: OrgOptions) {
    const { schema, metadata = deployedMetadata(), clock, data, sessionSeconds, seed } = options
    this.schema = schema
    this.metadata = metadata
    this.clock = clock
    this.usage = new Usage(clock, options.apiLimit)
    this.bulkUsage = new BulkUsage(clock)
    this.startedAt = clock.now()
    this.data = data
    this.database = openDatabase(data)
    try {
      this.blobs = new BlobStore(data === undefined ? undefined : `${data}.blobs`)
      this.records = new RecordStore({
        schema,
        database: this.database,
        ids: this.ids,
        clock,
        blobs: this.blobs,
        caller: () => this.#caller.getStore(),
      })
      addFileTriggers(this.records)
      addCopiedFields(this.records)
      addSalesTriggers(this.records)
      addEventTriggers(this.records)
      this.sessions = new Sessions({ orgId: this.id, clock, seconds: sessionSeconds })
      this.#seed = seed
      if (this.records.count('User') === 0) this.#fill()
      else this.#resume()
      this.accounts = new UserAccounts(this.records, [
        { ...DEMO_USER, bulkApiHardDelete: true },
        ...(options.users ?? []),
      ])
      this.app = new ConnectedApp(this.sessions.open(this.defaultUserId), options.app)
      this.#honourReadyTokens()
    } catch (error) {
      // What opened the file lets go of it.
      this.database.close()
      throw error
    }
  }

  /** Id of the user whose call this is; outside of a call that of the {@link Org.defaultUserId}. */
  get userId(): string {
    return this.#caller.getStore() ?? this.defaultUserId
  }

  /** Id of the oldest user, to whom the ready session and the client credentials flow belong. */
  get defaultUserId(): string {
    return String(this.database.prepare('SELECT min("Id") AS id FROM "User"').get()?.id)
  }

  /** Runs the work of a call, background work that it starts included, as the user whose call it is. */
  runAs<T>(userId: string, work: () => T): T {
    return this.#caller.run(userId, work)
  }

  /** Registers what a service has to forget when the org is reset. */
  onReset(listener: () => void): void {
    this.#resetListeners.push(listener)
  }

  /** Brings the org back to the state it had right after its start: seeded records, nothing else. */
  reset(): void {
    this.records.clear()
    this.blobs.clear()
    this.usage.reset()
    this.bulkUsage.reset()
    this.pace = 'at-once'
    for (const forget of this.#resetListeners) forget()
    this.#fill()
    this.accounts.reset()
    this.app.reset()
    this.sessions.expireAll()
    this.refreshTokens.clear()
    this.#honourReadyTokens()
  }

  /** Closes the database; closing twice does no harm. */
  close(): void {
    if (!this.database.isOpen) return
    this.database.close()
    this.blobs.close()
  }

  /** Records of an earlier process are there already; definitions may be new. */
  #resume(): void {
    this.records.actAs(this.defaultUserId)
    this.records.transaction(() => recordDefinitions(this))
  }

  /** The tokens of the credentials are good from the start, and after every reset. */
  #honourReadyTokens(): void {
    const { accessToken, refreshToken } = this.app.credentials
    const userId = this.defaultUserId
    this.sessions.adopt(accessToken, userId)
    this.refreshTokens.adopt(refreshToken, { userId, scope: 'full refresh_token' })
  }

  #fill(): void {
    this.records.transaction(() => {
      this.#seed(this)
      recordDefinitions(this)
    })
  }
}
