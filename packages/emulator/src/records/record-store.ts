import type { DatabaseSync } from 'node:sqlite'
import { RecordError } from '../errors.ts'
import type { OrgSchema } from '../schema/org-schema.ts'
import type { FieldSchema, ObjectSchema, StoredRow, StoredValue } from '../schema/types.ts'
import { ForeignKey, type RecordInput } from './field-input.ts'
import { ObjectTable } from './object-table.ts'
import { type IdSequence, isIdShaped, toId18 } from './record-id.ts'
import { checkRequired, checkValue, checkWritable } from './write-rules.ts'

/** What a store needs from its org. */
export interface RecordStoreOptions {
  readonly schema: OrgSchema
  readonly database: DatabaseSync
  readonly ids: IdSequence
  readonly clock: { now(): number }
}

/** More than one record holds the external id of an upsert; REST answers 300 with their paths. */
export class MultipleMatchesError extends RecordError {
  override readonly name: string = 'MultipleMatchesError'
  readonly ids: readonly string[]

  constructor(field: FieldSchema, ids: readonly string[]) {
    super(
      'DUPLICATE_EXTERNAL_ID',
      `${field.name}: more than one record found for external id field: [${ids.join(', ')}]`,
      [field.name],
    )
    this.ids = ids
  }
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
  readonly #clock: { now(): number }
  readonly #tables: Map<string, ObjectTable> = new Map()
  readonly #autoNumbers: Map<string, number> = new Map()
  #userId = ''

  constructor({ schema, database, ids, clock }: RecordStoreOptions) {
    this.schema = schema
    this.database = database
    this.#ids = ids
    this.#clock = clock
    for (const object of schema.objects) {
      const table = new ObjectTable(database, object)
      this.#tables.set(object.name, table)
      const newest = table.highest('Id')
      if (newest !== null) ids.continueAfter(String(newest))
      this.#continueAutoNumber(table)
    }
  }

  /** Makes `userId` the one who creates and changes records from now on. */
  actAs(userId: string): void {
    this.#userId = userId
  }

  /** The table of an object, for reads that the store has no method for. */
  table(objectName: string): ObjectTable {
    const table = this.#tables.get(objectName)
    if (!table) throw new RecordError('INVALID_TYPE', `sObject type '${objectName}' is not supported.`)
    return table
  }

  /** Runs `work` in one transaction: all of its writes hold, or none when it throws. Nests. */
  transaction<T>(work: () => T): T {
    if (this.database.isTransaction) return work()
    this.database.exec('BEGIN')
    try {
      const result = work()
      this.database.exec('COMMIT')
      return result
    } catch (error) {
      this.database.exec('ROLLBACK')
      throw error
    }
  }

  /** Creates a record and gives its Id. */
  insert(objectName: string, input: RecordInput): string {
    const table = this.table(objectName)
    const object = table.schema
    checkWritable(object, Object.keys(input), true)
    const row = this.#defaults(object)
    this.#assign(object, row, input)
    this.#finish(object, row, undefined)
    row.Id = this.#ids.next(object.keyPrefix)
    table.insert(row)
    return row.Id
  }

  /** Changes the given fields of a record. */
  update(objectName: string, id: string, input: RecordInput): void {
    const table = this.table(objectName)
    const previous = this.#existing(table, id)
    checkWritable(table.schema, Object.keys(input), false)
    const row: StoredRow = { ...previous }
    this.#assign(table.schema, row, input)
    this.#finish(table.schema, row, previous)
    table.update(row)
  }

  /**
   * Updates the one record whose external id field holds `value`, or creates it with that value.
   * `Id` as the field means update only. Throws {@link MultipleMatchesError} when several records hold the value.
   */
  upsert(
    objectName: string,
    externalIdField: string,
    value: StoredValue,
    input: RecordInput,
  ): { id: string; created: boolean } {
    const field = this.externalIdField(objectName, externalIdField)
    if (value === null) throw new RecordError('MISSING_ARGUMENT', `${field.name} not specified`)
    if (field.name === 'Id') {
      this.update(objectName, String(value), input)
      return { id: toId18(String(value)), created: false }
    }
    const matches = this.findBy(objectName, field.name, value)
    if (matches.length > 1)
      throw new MultipleMatchesError(
        field,
        matches.map((row) => String(row.Id)),
      )
    const match = matches[0]
    if (!match) return { id: this.insert(objectName, { ...input, [field.name]: value }), created: true }
    this.update(objectName, String(match.Id), input)
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
    this.transaction(() => this.#remove(table, row, (target, gone) => target.update(this.#stamped(gone, 1))))
  }

  /** Removes a record for good, whether it was deleted before or not. */
  hardDelete(objectName: string, id: string): void {
    const table = this.table(objectName)
    const row = this.get(objectName, id, { includeDeleted: true })
    if (!row) throw unknownId()
    this.transaction(() => this.#remove(table, row, (target, gone) => target.remove(String(gone.Id)), true))
  }

  /** Brings a deleted record back, without the children that went with it. */
  undelete(objectName: string, id: string): void {
    const table = this.table(objectName)
    const row = this.get(objectName, id, { includeDeleted: true })
    if (!row) throw unknownId()
    if (row.IsDeleted !== 1) throw new RecordError('UNDELETE_FAILED', 'Entity is not in the recycle bin', [])
    table.update(this.#stamped(row, 0))
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
    })
    this.#ids.reset()
    this.#autoNumbers.clear()
  }

  #existing(table: ObjectTable, id: string): StoredRow {
    const label = `${table.schema.label} ID`
    if (!isIdShaped(id) || !id.startsWith(table.schema.keyPrefix)) {
      throw new RecordError('MALFORMED_ID', `${label}: id value of incorrect type: ${id}`, ['Id'])
    }
    const row = table.byId(toId18(id))
    if (!row) throw unknownId()
    if (row.IsDeleted === 1) throw new RecordError('ENTITY_IS_DELETED', 'entity is deleted', [])
    return row
  }

  #defaults(object: ObjectSchema): StoredRow {
    const row: StoredRow = { IsDeleted: 0 }
    for (const field of object.fields) {
      if (field.defaultValue !== null) {
        row[field.name] = typeof field.defaultValue === 'boolean' ? Number(field.defaultValue) : field.defaultValue
      }
    }
    if (this.schema.field(object.name, 'OwnerId')) row.OwnerId = this.#userId
    for (const field of object.fields) if (field.autoNumber) row[field.name] = this.#nextAutoNumber(object, field)
    return row
  }

  #assign(object: ObjectSchema, row: StoredRow, input: RecordInput): void {
    for (const [name, given] of Object.entries(input)) {
      const field = this.schema.field(object.name, name)
      if (!field) continue
      let value = given instanceof ForeignKey ? this.#resolve(given) : given
      if (field.type === 'boolean') value ??= 0
      if (field.type === 'reference' && typeof value === 'string') value = this.#reference(field, value)
      checkValue(field, value)
      row[name] = value
    }
  }

  #resolve(key: ForeignKey): string {
    const matches = this.findBy(key.object, key.field, key.value)
    if (matches.length > 1) {
      const field = this.externalIdField(key.object, key.field)
      throw new MultipleMatchesError(
        field,
        matches.map((row) => String(row.Id)),
      )
    }
    if (matches[0]) return String(matches[0].Id)
    throw new RecordError(
      'INVALID_FIELD',
      `Foreign key external ID: ${String(key.value).toLowerCase()} not found for field ${key.field} in entity ${key.object}`,
    )
  }

  #reference(field: FieldSchema, value: string): string {
    const parent = isIdShaped(value) ? this.schema.objectOfId(value) : undefined
    if (!parent || !field.referenceTo.includes(parent.name)) {
      throw new RecordError('MALFORMED_ID', `${field.label}: id value of incorrect type: ${value}`, [field.name])
    }
    const id = toId18(value)
    const row = this.table(parent.name).byId(id)
    if (!row) throw new RecordError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [])
    if (row.IsDeleted === 1) throw new RecordError('ENTITY_IS_DELETED', 'entity is deleted', [])
    return id
  }

  /** Derived fields, audit fields and the checks that need the whole row. */
  #finish(object: ObjectSchema, row: StoredRow, previous: StoredRow | undefined): void {
    const now = this.#now()
    checkRequired(object, row)
    Object.assign(row, object.derive?.(row, previous, now))
    this.#checkUnique(object, row)
    if (!previous) Object.assign(row, { CreatedDate: now, CreatedById: this.#userId })
    Object.assign(row, { LastModifiedDate: now, LastModifiedById: this.#userId, SystemModstamp: now })
  }

  #checkUnique(object: ObjectSchema, row: StoredRow): void {
    for (const field of object.fields) {
      if (!field.unique || (row[field.name] ?? null) === null) continue
      const twin = this.findBy(object.name, field.name, row[field.name] ?? null).find((other) => other.Id !== row.Id)
      if (!twin) continue
      throw new RecordError(
        'DUPLICATE_VALUE',
        `duplicate value found: ${field.name} duplicates value on record with id: ${String(twin.Id).slice(0, 15)}`,
        [],
      )
    }
  }

  #remove(
    table: ObjectTable,
    row: StoredRow,
    dispose: (table: ObjectTable, row: StoredRow) => void,
    includeDeleted = false,
  ): void {
    dispose(table, row)
    for (const child of this.schema.childRelationships(table.schema.name)) {
      const children = this.table(child.childSObject)
      for (const orphan of children.by(child.field, row.Id ?? null, includeDeleted)) {
        if (child.cascadeDelete) this.#remove(children, orphan, dispose, includeDeleted)
        else children.update({ ...orphan, [child.field]: null })
      }
    }
  }

  #stamped(row: StoredRow, deleted: number): StoredRow {
    const now = this.#now()
    return {
      ...row,
      IsDeleted: deleted,
      LastModifiedDate: now,
      LastModifiedById: this.#userId,
      SystemModstamp: now,
    }
  }

  #nextAutoNumber(object: ObjectSchema, field: FieldSchema): string {
    const key = `${object.name}.${field.name}`
    const next = (this.#autoNumbers.get(key) ?? 0) + 1
    this.#autoNumbers.set(key, next)
    return String(next).padStart(8, '0')
  }

  #continueAutoNumber(table: ObjectTable): void {
    for (const field of table.schema.fields) {
      if (!field.autoNumber) continue
      const highest = table.highest(field.name)
      if (highest !== null) this.#autoNumbers.set(`${table.schema.name}.${field.name}`, Number(highest))
    }
  }

  /** Salesforce keeps its audit times to the second. */
  #now(): string {
    return `${new Date(this.#clock.now()).toISOString().slice(0, 19)}.000Z`
  }
}

function unknownId(): RecordError {
  return new RecordError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [])
}
