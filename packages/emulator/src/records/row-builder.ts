import { RecordError } from '../errors.ts'
import type { OrgSchema } from '../schema/org-schema.ts'
import type { FieldSchema, ObjectSchema, StoredRow } from '../schema/types.ts'
import type { AutoNumbers } from './auto-numbers.ts'
import { ForeignKey, type RecordInput } from './field-input.ts'
import { MultipleMatchesError } from './multiple-matches.ts'
import type { ObjectTable } from './object-table.ts'
import { assignedOwner, checkDuplicates, checkValidationRules, type RuleChoices } from './org-rules.ts'
import { isIdShaped, toId18 } from './record-id.ts'
import { checkRequired, checkValue, checkWritable, writeFacts } from './write-rules.ts'

/** What building a row needs to know of the org at that moment. */
export interface RowContext {
  readonly schema: OrgSchema
  readonly autoNumbers: AutoNumbers
  table(objectName: string): ObjectTable
  /** Keeps the bytes of a base64 field and gives their key, which is what the column holds. */
  keepBlob(bytes: Uint8Array): string
  /** Time for the audit fields, in stored form. */
  now(): string
  /** Id of the user who acts. */
  userId(): string
  /** What the call says about the rules of the org. */
  choices(): RuleChoices
}

/** Turns input into the row to be written, or refuses it: defaults, references, derived and audit fields, every check. */
export class RowBuilder {
  readonly #context: RowContext

  constructor(context: RowContext) {
    this.#context = context
  }

  /**
   * The row of a new record, still without its Id. `asSystem` lets fields be written that Salesforce alone writes, and
   * required ones be left out.
   */
  created(object: ObjectSchema, input: RecordInput, asSystem: boolean): StoredRow {
    if (!asSystem) checkWritable(object, Object.keys(input), true)
    const row = this.#defaults(object)
    this.#assign(object, row, input)
    if (!asSystem) checkRequired(object, row)
    this.#finish(object, row, undefined)
    return Object.assign(row, this.#context.autoNumbers.next(object))
  }

  /** The row of a record after a change. */
  changed(object: ObjectSchema, previous: Readonly<StoredRow>, input: RecordInput, asSystem: boolean): StoredRow {
    if (!asSystem) checkWritable(object, Object.keys(input), false)
    const row: StoredRow = { ...previous }
    this.#assign(object, row, input)
    if (!asSystem) checkRequired(object, row)
    this.#finish(object, row, previous)
    return row
  }

  /** The row of a record that comes back from the recycle bin: its unique values may have been taken since. */
  revived(object: ObjectSchema, deleted: Readonly<StoredRow>): StoredRow {
    const row = { ...deleted, ...this.stamp(), IsDeleted: 0 }
    this.#checkUnique(object, row, undefined)
    return row
  }

  /** The audit fields of a change made now. */
  stamp(): StoredRow {
    const now = this.#context.now()
    return { LastModifiedDate: now, LastModifiedById: this.#context.userId(), SystemModstamp: now }
  }

  #defaults(object: ObjectSchema): StoredRow {
    const { defaults, owned } = writeFacts(object)
    return owned ? { ...defaults, OwnerId: this.#context.userId() } : { ...defaults }
  }

  #assign(object: ObjectSchema, row: StoredRow, input: RecordInput): void {
    for (const [name, given] of Object.entries(input)) {
      const field = this.#context.schema.field(object.name, name)
      if (!field) continue
      let value = given instanceof ForeignKey ? this.#resolve(given) : given
      if (value instanceof Uint8Array) value = this.#context.keepBlob(value)
      if (field.type === 'boolean') value ??= 0
      if (field.type === 'reference' && typeof value === 'string') value = this.#reference(field, value)
      checkValue(field, value)
      row[field.name] = value
    }
  }

  #resolve(key: ForeignKey): string {
    const [match, ...others] = this.#context.table(key.object).by(key.field, key.value)
    if (match && others.length > 0) {
      throw new MultipleMatchesError(
        key.field,
        [match, ...others].map((row) => String(row.Id)),
      )
    }
    if (match) return String(match.Id)
    throw new RecordError(
      'INVALID_FIELD',
      `Foreign key external ID: ${String(key.value).toLowerCase()} not found for field ${key.field} in entity ${key.object}`,
    )
  }

  #reference(field: FieldSchema, value: string): string {
    const parent = isIdShaped(value) ? this.#context.schema.objectOfId(value) : undefined
    // A described field may refer to objects that were not described: there is nothing to look the Id up in.
    if (!parent && isIdShaped(value) && !field.referenceTo.some((name) => this.#context.schema.object(name)))
      return toId18(value)
    if (!parent || !field.referenceTo.includes(parent.name)) {
      throw new RecordError('MALFORMED_ID', `${field.label}: id value of incorrect type: ${value}`, [field.name])
    }
    const id = toId18(value)
    const state = this.#context.table(parent.name).stateOf(id)
    if (state === undefined) throw new RecordError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [])
    if (state === 'deleted') throw new RecordError('ENTITY_IS_DELETED', 'entity is deleted', [])
    return id
  }

  #finish(object: ObjectSchema, row: StoredRow, previous: Readonly<StoredRow> | undefined): void {
    const stamp = this.stamp()
    const choices = this.#context.choices()
    Object.assign(row, object.derive?.(row, previous, this.#context.now()), stamp)
    checkValidationRules(object, row, previous)
    const owner = choices.assign && assignedOwner(object, row, () => this.#context.table('Group'))
    if (owner) row.OwnerId = owner
    checkDuplicates(this.#context.table(object.name), row, previous, choices)
    if (!previous) Object.assign(row, { CreatedDate: stamp.LastModifiedDate, CreatedById: stamp.LastModifiedById })
    this.#checkUnique(object, row, previous)
  }

  #checkUnique(object: ObjectSchema, row: Readonly<StoredRow>, previous: Readonly<StoredRow> | undefined): void {
    for (const field of writeFacts(object).unique) {
      const value = row[field.name] ?? null
      if (value === null || value === previous?.[field.name]) continue
      const twin = this.#context
        .table(object.name)
        .by(field.name, value)
        .find((other) => other.Id !== row.Id)
      if (!twin) continue
      const id = String(twin.Id).slice(0, 15)
      const message = `duplicate value found: ${field.name} duplicates value on record with id: ${id}`
      throw new RecordError('DUPLICATE_VALUE', message, [])
    }
  }
}
