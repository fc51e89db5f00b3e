import type { DatabaseSync } from 'node:sqlite'
import { RecordError } from '../errors.ts'
import type { OrgSchema } from '../schema/org-schema.ts'
import type { FieldSchema, StoredRow, StoredValue } from '../schema/types.ts'
import { secondsOf } from './audit-time.ts'
import { AutoNumbers } from './auto-numbers.ts'
import type { BlobStore } from './blob-store.ts'
import type { RecordInput } from './field-input.ts'
import { defineFold } from './fold-case.ts'
import { MultipleMatchesError } from './multiple-matches.ts'
import { ObjectTable } from './object-table.ts'
import { NO_CHOICES, type RuleChoices } from './org-rules.ts'
import { type IdSequence, isIdShaped, toId18 } from './record-id.ts'
import { RecycleBin } from './recycle-bin.ts'
import { type Removal, removeWithChildren } from './remove-record.ts'
import { RowBuilder } from './row-builder.ts'
import type { Trigger } from './trigger.ts'

/** What a store needs from its org. */
export interface RecordStoreOptions {
  readonly schema: OrgSchema
  readonly database: DatabaseSync
  readonly ids: IdSequence
  readonly clock: { now(): number }
  /** Where the bytes of base64 fields go. */
  readonly blobs: BlobStore
  /** Id of the user whose call this is, undefined outside of a call. */
  readonly caller?: () => string | undefined
}

/** How a record is written. */
export interface WriteOptions {
  /** True to write fields that Salesforce alone writes and to leave required ones out; false unless said. */
  readonly asSystem?: boolean
}

/**
 * The records of the org in SQLite, written only by Salesforce's rules.
 * Object and field names must be spelled as in the schema; every refusal is a {@link RecordError}. Deleting is soft
 * (`IsDeleted` = 1) until {@link RecordStore.hardDelete}. The store knows nothing of HTTP, JSON or CSV.
 */
export class RecordStore {
  readonly schema: OrgSchema
  readonly database: DatabaseSync
  readonly #ids: IdSequence
  readonly #tables: Map<string, ObjectTable> = new Map()
  readonly #autoNumbers: AutoNumbers = new AutoNumbers()
  readonly #triggers: Map<string, Trigger> = new Map()
  readonly #rows: RowBuilder
  readonly #bin: RecycleBin
  #userId = ''
  #choices: RuleChoices = NO_CHOICES

  constructor({ schema, database, ids, clock, blobs, caller }: RecordStoreOptions) {
    this.schema = schema
    this.database = database
    this.#ids = ids
    this.#bin = new RecycleBin(database)
    defineFold(database)
    this.#rows = new RowBuilder({
      schema,
      autoNumbers: this.#autoNumbers,
      table: (name) => this.table(name),
      now: secondsOf(clock),
      userId: () => caller?.() ?? this.#userId,
      keepBlob: (bytes) => blobs.put(bytes),
      choices: () => this.#choices,
    })
    for (const object of schema.objects) {
      const table = new ObjectTable(database, object)
      this.#tables.set(object.name, table)
      const newest = table.highest('Id')
      if (newest !== null) ids.continueAfter(String(newest))
      this.#autoNumbers.continueAfter(table)
    }
  }

  /** Makes `userId` the one who creates and changes records outside of a user's call. */
  actAs(userId: string): void {
    this.#userId = userId
  }

  /** Runs `work`, which must not wait, with what its call says about the rules of the org. */
  choosing<T>(choices: RuleChoices, work: () => T): T {
    const before = this.#choices
    this.#choices = choices
    try {
      return work()
    } finally {
      this.#choices = before
    }
  }

  /** Adds the work that goes with every create and update of an object; one trigger an object. */
  addTrigger(objectName: string, trigger: Trigger): void {
    this.#triggers.set(objectName, trigger)
  }

  /** The table of an object, for reads that the store has no method for. */
  table(objectName: string): ObjectTable {
    const table = this.#tables.get(objectName)
    if (!table) throw new RecordError('INVALID_TYPE', `sObject type '${objectName}' is not supported.`)
    return table
  }

  /**
   * Runs `work` in one transaction: all of its writes hold, or none when it throws. Inside another one the same holds.
   * Work that is still going on when it returns cannot be in it, and is refused.
   */
  transaction<T>(work: () => T): T {
    const nested = this.database.isTransaction
    this.database.exec(nested ? 'SAVEPOINT nested' : 'BEGIN')
    try {
      const result = work()
      if (result instanceof Promise) refuseLater(result)
      this.database.exec(nested ? 'RELEASE nested' : 'COMMIT')
      return result
    } catch (error) {
      this.database.exec(nested ? 'ROLLBACK TO nested; RELEASE nested' : 'ROLLBACK')
      throw error
    }
  }

  /** Creates a record and gives its Id. */
  insert(objectName: string, input: RecordInput, { asSystem = false }: WriteOptions = {}): string {
    const table = this.table(objectName)
    const row = this.#rows.created(table.schema, input, asSystem)
    row.Id = this.#ids.next(table.schema.keyPrefix)
    this.#write(table, row, undefined)
    return row.Id
  }

  /** Changes the given fields of a record. */
  update(objectName: string, id: string, input: RecordInput, { asSystem = false }: WriteOptions = {}): void {
    const table = this.table(objectName)
    const previous = this.#existing(table, id)
    this.#write(table, this.#rows.changed(table.schema, previous, input, asSystem), previous)
  }

  /**
   * Updates the one record whose external id field holds `value`, or creates it with that value.
   * With `Id` as the field a value means update only, and none means create (Mobile SDK Development Guide, "Collection
   * Upsert"). Throws {@link MultipleMatchesError} when several records hold the value.
   */
  upsert(
    objectName: string,
    externalIdField: string,
    value: StoredValue,
    input: RecordInput,
  ): { id: string; created: boolean } {
    const field = this.externalIdField(objectName, externalIdField)
    if (field.name === 'Id') {
      if (value === null) return { id: this.insert(objectName, input), created: true }
      this.update(objectName, String(value), input)
      return { id: toId18(String(value)), created: false }
    }
    if (value === null) throw new RecordError('MISSING_ARGUMENT', `${field.name} not specified`)
    const table = this.table(objectName)
    const matches = table.by(field.name, value)
    const [match] = matches
    if (!match) return { id: this.insert(objectName, { ...input, [field.name]: value }), created: true }
    const ids = matches.map((row) => String(row.Id))
    if (matches.length > 1) throw new MultipleMatchesError(field.name, ids)
    this.#write(table, this.#rows.changed(table.schema, match, input, false), match)
    return { id: String(match.Id), created: false }
  }

  /** The field that may address records of the object, or a refusal in Salesforce's words. */
  externalIdField(objectName: string, fieldName: string): FieldSchema {
    const field = this.schema.field(objectName, fieldName)
    if (field?.idLookup) return field
    throw new RecordError('NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${fieldName}`)
  }

  /** Marks a record and the children that go with it as deleted, and clears other references to it. */
  delete(objectName: string, id: string): void {
    const table = this.table(objectName)
    const row = this.#existing(table, id)
    const deleted = String(row.Id)
    const dispose = (target: ObjectTable, gone: StoredRow): void => {
      target.change(gone, { ...gone, ...this.#rows.stamp(), IsDeleted: 1 })
      this.#bin.went(deleted, target, gone)
    }
    const cleared: Removal['cleared'] = (...what) => this.#bin.cleared(deleted, ...what)
    this.transaction(() => removeWithChildren(this, table, row, { dispose, cleared, includeDeleted: false }))
  }

  /** Removes a record and the children that go with it for good, whether deleted before or not. */
  hardDelete(objectName: string, id: string): void {
    const table = this.table(objectName)
    const row = this.#known(table, id)
    const dispose = (target: ObjectTable, gone: StoredRow): void => {
      target.remove(String(gone.Id))
      this.#bin.forget(String(gone.Id))
    }
    this.transaction(() => removeWithChildren(this, table, row, { dispose, includeDeleted: true }))
  }

  /**
   * Brings a deleted record back with the children that went with it, and sets references that were cleared and have no
   * other value since. A record that went along with another one comes back with that one only.
   */
  undelete(objectName: string, id: string): void {
    const table = this.table(objectName)
    const row = this.#known(table, id)
    const deleted = String(row.Id)
    if (row.IsDeleted !== 1 || this.#bin.wentAlong(deleted)) throw notInRecycleBin()
    const revive = (target: ObjectTable, gone: StoredRow): void =>
      target.change(gone, this.#rows.revived(target.schema, gone))
    this.transaction(() => {
      revive(table, row)
      this.#bin.restore(deleted, { table: (name) => this.table(name), revive })
    })
  }

  /** One record by its 15- or 18-character Id; a deleted one only when asked for. */
  get(objectName: string, id: string, options: { includeDeleted?: boolean } = {}): StoredRow | undefined {
    const row = this.table(objectName).byId(toId18(id))
    return row && (options.includeDeleted || row.IsDeleted === 0) ? row : undefined
  }

  /** Live records whose field holds the value, in the order of their Ids; text ignores case. */
  findBy(objectName: string, fieldName: string, value: StoredValue): StoredRow[] {
    return this.table(objectName).by(fieldName, value)
  }

  /** How many live records the object has. */
  count(objectName: string): number {
    return this.table(objectName).count()
  }

  /** Removes every record of every object and starts the Ids afresh. */
  clear(): void {
    this.transaction(() => {
      for (const table of this.#tables.values()) table.clear()
      this.#bin.clear()
    })
    this.#ids.reset()
    this.#autoNumbers.reset()
  }

  #write(table: ObjectTable, row: StoredRow, previous: StoredRow | undefined): void {
    const trigger = this.#triggers.get(table.schema.name)
    const write = (): void => {
      trigger?.before?.(row, previous)
      if (previous) table.change(previous, row)
      else table.insert(row)
      trigger?.after?.(row, previous)
    }
    if (trigger) this.transaction(write)
    else write()
  }

  #existing(table: ObjectTable, id: string): StoredRow {
    const row = this.#known(table, id)
    if (row.IsDeleted === 1) throw new RecordError('ENTITY_IS_DELETED', 'entity is deleted', [])
    return row
  }

  #known(table: ObjectTable, id: string): StoredRow {
    if (!isIdShaped(id) || !id.startsWith(table.schema.keyPrefix)) {
      const message = `${table.schema.label} ID: id value of incorrect type: ${id}`
      throw new RecordError('MALFORMED_ID', message, ['Id'])
    }
    const row = table.byId(toId18(id))
    if (!row) throw new RecordError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [])
    return row
  }
}

/** The wording is ours: no recording was found. */
function notInRecycleBin(): RecordError {
  return new RecordError('UNDELETE_FAILED', 'Entity is not in the recycle bin', [])
}

/** @throws Error always. What becomes of the promise must not end the process. */
function refuseLater(work: Promise<unknown>): never {
  work.catch(() => {})
  throw new Error('Actions and Apex methods run in a transaction and cannot be async; return the values themselves.')
}
