import type { Org } from '../org/org.ts'
import { quote } from '../records/object-table.ts'
import type { FieldSchema, ObjectSchema, StoredRow } from '../schema/types.ts'

/** A record, the object that it is of, and when it was looked at or changed last. */
export interface RecentItem {
  readonly object: ObjectSchema
  readonly row: StoredRow
  readonly recentAt: string
}

/** The fields that keep when a record was looked at; not every object has them. */
const VIEW_FIELDS = ['LastViewedDate', 'LastReferencedDate'] as const

/** One of the fields that keep when a record was looked at. */
export type ViewField = (typeof VIEW_FIELDS)[number]

/**
 * The records that were viewed or changed last, newest first. A view is what `Sforce-Mru: updateMru=true`, FOR VIEW and
 * FOR REFERENCE leave in a record; the emulator has no pages to look at, so that changes count as well.
 *
 * Source: REST API Developer Guide, "Recently Viewed Items" and "MRU Header".
 */
export class RecentItems {
  readonly #org: Org

  constructor(org: Org) {
    this.#org = org
  }

  /** The live records of one object, `limit` at most. */
  ofObject(object: ObjectSchema, limit: number): RecentItem[] {
    const views = VIEW_FIELDS.filter((name) => this.#keeps(object, name)).map((name) => `coalesce("${name}", '')`)
    const recentAt = views.length === 0 ? '"LastModifiedDate"' : `max("LastModifiedDate", ${views.join(', ')})`
    const sql =
      `SELECT *, ${recentAt} AS "recentAt" FROM ${quote(object.name)} WHERE "IsDeleted" = 0 ` +
      'ORDER BY "recentAt" DESC, "Id" DESC LIMIT ?'
    const rows = this.#org.database.prepare(sql).all(limit) as StoredRow[]
    return rows.map(({ recentAt, ...row }) => ({ object, row, recentAt: String(recentAt) }))
  }

  /** The live records of all objects that have a name, `limit` at most. */
  ofAll(limit: number): RecentItem[] {
    return this.#org.schema.objects
      .filter(nameFieldOf)
      .flatMap((object) => this.ofObject(object, limit))
      .sort((one, other) => (one.recentAt < other.recentAt ? 1 : one.recentAt > other.recentAt ? -1 : 0))
      .slice(0, limit)
  }

  /** Notes that records were looked at just now, where their object keeps that. */
  viewed(object: ObjectSchema, ids: readonly string[], field: ViewField = 'LastViewedDate'): void {
    if (!this.#keeps(object, field)) return
    // Whole seconds, as every time that Salesforce notes (recorded: `nango-get-record-account`).
    const now = `${new Date(this.#org.clock.now()).toISOString().slice(0, 19)}.000Z`
    const statement = this.#org.database.prepare(`UPDATE ${quote(object.name)} SET "${field}" = ? WHERE "Id" = ?`)
    for (const id of ids) statement.run(now, id)
  }

  #keeps(object: ObjectSchema, field: ViewField): boolean {
    return this.#org.schema.field(object.name, field) !== undefined
  }
}

/** The field that names the records of an object, undefined where there is none. */
export function nameFieldOf(object: ObjectSchema): FieldSchema | undefined {
  return object.fields.find((field) => field.nameField)
}
