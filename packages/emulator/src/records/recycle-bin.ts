import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { StoredRow } from '../schema/types.ts'
import type { ObjectTable } from './object-table.ts'

/** How records come back. */
export interface Restoration {
  readonly table: (objectName: string) => ObjectTable
  readonly revive: (table: ObjectTable, row: StoredRow) => void
}

/**
 * What went along with each record in the recycle bin, so that undeleting the one brings back all: children that were deleted
 * with it (SOAP API Developer Guide, "undelete()": "an undelete call undeletes the cascade-deleted records"), and references
 * to it that were cleared. What was in the bin before stays there.
 */
export class RecycleBin {
  readonly #database: DatabaseSync
  readonly #add: StatementSync
  readonly #of: StatementSync
  readonly #along: StatementSync
  readonly #forget: StatementSync

  constructor(database: DatabaseSync) {
    this.#database = database
    database.exec(`
      CREATE TABLE IF NOT EXISTS "_bin" (deleted TEXT NOT NULL, object TEXT NOT NULL, id TEXT NOT NULL, field TEXT, held TEXT);
      CREATE INDEX IF NOT EXISTS "_bin_deleted" ON "_bin" (deleted);
      CREATE INDEX IF NOT EXISTS "_bin_id" ON "_bin" (id)`)
    this.#add = database.prepare('INSERT INTO "_bin" (deleted, object, id, field, held) VALUES (?, ?, ?, ?, ?)')
    this.#of = database.prepare('SELECT object, id, field, held FROM "_bin" WHERE deleted = ? ORDER BY rowid')
    this.#along = database.prepare('SELECT 1 FROM "_bin" WHERE id = ? AND field IS NULL')
    this.#forget = database.prepare('DELETE FROM "_bin" WHERE deleted = ?')
  }

  /** Notes a record that the deletion of the record `deleted` moved to the bin. */
  went(deleted: string, table: ObjectTable, { Id = null }: StoredRow): void {
    if (Id !== deleted) this.#add.run(deleted, table.schema.name, Id, null, null)
  }

  /** Notes a reference that the deletion of the record `deleted` is about to clear. */
  cleared(deleted: string, table: ObjectTable, row: StoredRow, field: string): void {
    this.#add.run(deleted, table.schema.name, row.Id ?? null, field, row[field] ?? null)
  }

  /** True for a record that went along with another one: it is no entry of the bin and comes back with that one only. */
  wentAlong(id: string): boolean {
    return this.#along.get(id) !== undefined
  }

  /** Brings back what the deletion of a record did to others; a reference with another value since keeps that. */
  restore(deleted: string, { table, revive }: Restoration): void {
    for (const { object, id, field, held } of this.#of.all(deleted)) {
      const target = table(String(object))
      const row = target.byId(String(id))
      if (!row) continue
      if (field === null) revive(target, row)
      else if (row[String(field)] === null) target.change(row, { ...row, [String(field)]: String(held) })
    }
    this.forget(deleted)
  }

  /** Forgets what went along with a record that came back or is gone for good. */
  forget(deleted: string): void {
    this.#forget.run(deleted)
  }

  clear(): void {
    this.#database.exec('DELETE FROM "_bin"')
  }
}
