import { RecordError } from '../errors.ts'
import type { Org } from '../org/org.ts'
import { fromJsonRecord } from '../records/json-record.ts'

/** A record to start with: its fields as REST takes them; `attributes.referenceId` names it for those that come later. */
export type SeedRecord = Readonly<Record<string, unknown>>

/**
 * Records to start with, in the order of their creation: lists by object name (`{"Account": [{...}]}`), or one list whose
 * records tell their object (`{"records": [{"attributes": {"type": "Account"}, ...}]}`, as `sf data export tree --plan` does).
 */
export type SeedRecords = Readonly<Record<string, readonly SeedRecord[]>>

interface Entry {
  readonly object: string
  readonly record: SeedRecord
  /** Where the record stands, as in `Account[0]`. */
  readonly place: string
}

/**
 * Creates records as REST would, in one transaction; gives their Ids. A text `@name` stands for the Id of the record whose
 * `attributes.referenceId` is that name, as in the files of `sf data export tree --plan`.
 *
 * @throws RecordError that names the record at fault; then none is created.
 */
export function seedRecords(org: Org, seed: unknown): string[] {
  const entries = readSeed(seed)
  const ids = new Map<string, string>()
  return org.records.transaction(() =>
    entries.map(({ object: name, record, place }) => {
      const object = org.schema.object(name)
      if (!object) throw new RecordError('INVALID_TYPE', `${place}: there is no object ${name}`)
      try {
        const id = org.records.insert(object.name, fromJsonRecord(org.schema, object, resolved(record, ids)))
        const { referenceId } = (record.attributes ?? {}) as { referenceId?: unknown }
        if (typeof referenceId === 'string') ids.set(referenceId, id)
        return id
      } catch (error) {
        if (!(error instanceof RecordError)) throw error
        throw new RecordError(error.errorCode, `${place}: ${error.message}`, error.fields)
      }
    }),
  )
}

function readSeed(seed: unknown): Entry[] {
  if (!isObject(seed)) throw badSeed()
  const lists = Object.entries(seed)
  return lists.flatMap(([name, list]) => {
    if (!Array.isArray(list) || !list.every(isObject)) throw badSeed()
    return list.map((record, index) => {
      const place = `${name}[${index}]`
      return { object: name === 'records' ? typeOf(record, place) : name, record, place }
    })
  })
}

function typeOf(record: SeedRecord, place: string): string {
  const { type } = (record.attributes ?? {}) as { type?: unknown }
  if (typeof type === 'string') return type
  throw new RecordError('INVALID_TYPE', `${place}: the attributes of the record name no type`)
}

function resolved(record: SeedRecord, ids: ReadonlyMap<string, string>): SeedRecord {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => {
      const id = typeof value === 'string' && value.startsWith('@') ? ids.get(value.slice(1)) : undefined
      return [name, id ?? value]
    }),
  )
}

function badSeed(): RecordError {
  const message = 'records to start with are lists by the name of their object: {"Account": [{"Name": "Acme"}]}'
  return new RecordError('JSON_PARSER_ERROR', message)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
