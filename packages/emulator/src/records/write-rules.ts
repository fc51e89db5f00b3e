import { RecordError } from '../errors.ts'
import type { FieldSchema, ObjectSchema, StoredRow, StoredValue } from '../schema/types.ts'

/** What the rules for every write of an object look at, worked out once: a load comes by here for each of its rows. */
interface WriteFacts {
  readonly createable: ReadonlySet<string>
  readonly updateable: ReadonlySet<string>
  /** Fields that a record cannot be without. */
  readonly required: readonly FieldSchema[]
  /** Fields whose values no two records share. */
  readonly unique: readonly FieldSchema[]
  /** What a new record holds before anything is said about it. */
  readonly defaults: Readonly<StoredRow>
  /** True where a record has an owner. */
  readonly owned: boolean
}

const known = new WeakMap<ObjectSchema, WriteFacts>()

/** The facts about the fields of an object. */
export function writeFacts(object: ObjectSchema): WriteFacts {
  let facts = known.get(object)
  if (facts === undefined) {
    const { fields } = object
    facts = {
      createable: new Set(fields.filter((field) => field.createable).map((field) => field.name)),
      updateable: new Set(fields.filter((field) => field.updateable).map((field) => field.name)),
      required: fields.filter((field) => !field.nillable && field.createable),
      unique: fields.filter((field) => field.unique),
      defaults: defaultsOf(fields),
      owned: fields.some((field) => field.name === 'OwnerId'),
    }
    known.set(object, facts)
  }
  return facts
}

function defaultsOf(fields: readonly FieldSchema[]): StoredRow {
  const row: StoredRow = { IsDeleted: 0 }
  for (const { name, type, defaultValue } of fields) {
    if (type === 'boolean') row[name] = Number(defaultValue ?? false)
    else if (defaultValue !== null) row[name] = String(defaultValue)
  }
  return row
}

/** Refuses input for fields that Salesforce alone writes. */
export function checkWritable(object: ObjectSchema, names: Iterable<string>, creating: boolean): void {
  const { createable, updateable } = writeFacts(object)
  const writable = creating ? createable : updateable
  const fields = [...names].filter((name) => !writable.has(name))
  if (fields.length === 0) return
  if (creating && fields.includes('Id')) {
    throw new RecordError('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id'])
  }
  throw new RecordError(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${fields.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
    fields,
  )
}

/** Refuses a row that lacks a value a record of the object cannot be without. */
export function checkRequired(object: ObjectSchema, row: Readonly<StoredRow>): void {
  const missing = writeFacts(object).required.filter(({ name, defaultedOnCreate }) => {
    const value = row[name]
    return (value ?? null) === null && !(value === undefined && defaultedOnCreate)
  })
  if (missing.length === 0) return
  const names = missing.map((field) => field.name)
  throw new RecordError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names)
}

/** Refuses a value that is too long, out of range, or not in its restricted picklist. */
export function checkValue(field: FieldSchema, value: StoredValue): void {
  if (typeof value === 'number') checkNumber(field, value)
  else if (value !== null) checkText(field, value)
}

const EMAIL = /^[^\s@,;<>]+@[^\s@.,;<>]+(?:\.[^\s@.,;<>]+)+$/

function checkText(field: FieldSchema, value: string): void {
  if (field.length > 0 && field.type !== 'reference' && value.length > field.length) {
    throw new RecordError(
      'STRING_TOO_LONG',
      `${field.label}: data value too large: ${value} (max length=${field.length})`,
      [field.name],
    )
  }
  if (field.type === 'email' && !EMAIL.test(value)) {
    throw new RecordError('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${value}`, [field.name])
  }
  if (field.restrictedPicklist) checkPicklist(field, value)
}

function checkNumber(field: FieldSchema, value: number): void {
  if (field.type === 'boolean') return
  const whole = field.type === 'int' ? field.digits : field.precision - field.scale
  if (Math.abs(value) < 10 ** whole) return
  throw new RecordError(
    'NUMBER_OUTSIDE_VALID_RANGE',
    `${field.label}: value outside of valid range on numeric field: ${value}`,
    [field.name],
  )
}

function checkPicklist(field: FieldSchema, value: string): void {
  const chosen = field.type === 'multipicklist' ? value.split(';') : [value]
  const bad = chosen.find((entry) => !field.picklistValues.some((allowed) => allowed.value === entry))
  if (bad === undefined) return
  throw new RecordError(
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    `${field.label}: bad value for restricted picklist field: ${bad}`,
    [field.name],
  )
}
