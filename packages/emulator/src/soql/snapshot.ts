import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { CompiledQuery } from './compiled-query.ts'
import type { SqlRow } from './record-reader.ts'

/** Where a snapshot is kept. */
export interface SnapshotPlace {
  readonly database: DatabaseSync
  /** `main` outlives the process where the database does; `temp` goes with it. */
  readonly schema: 'main' | 'temp'
  /** Unique among the snapshots of the database; letters, digits and underscores. */
  readonly name: string
}

/**
 * The result of a query, kept as it was when the query ran. It lives in a table, of which SQLite keeps no more in memory
 * than its cache holds. Taking one is a single statement, because a query answers at once: a million rows keep the event
 * loop busy for about a second. Query jobs, which need not answer at once, read in slices instead.
 */
export class ResultSnapshot {
  /** How many rows there are. */
  readonly size: number
  readonly query: CompiledQuery
  readonly #database: DatabaseSync
  readonly #table: string
  readonly #range: StatementSync

  private constructor({ database, schema, name }: SnapshotPlace, query: CompiledQuery, take: (table: string) => void) {
    this.query = query
    this.#database = database
    this.#table = `${schema}."${name}"`
    take(this.#table)
    this.size = Number(database.prepare(`SELECT COUNT(*) AS n FROM ${this.#table}`).get()?.n)
    this.#range = database.prepare(`SELECT * FROM ${this.#table} WHERE rowid > ? ORDER BY rowid LIMIT ?`)
  }

  /**
   * Runs the query and keeps its result.
   *
   * @param parameters other values than the query's own, for a child query that needs its parent's Id.
   */
  static taken(
    place: SnapshotPlace,
    query: CompiledQuery,
    parameters: CompiledQuery['parameters'] = query.parameters,
  ): ResultSnapshot {
    return new ResultSnapshot(place, query, (table) => {
      place.database.prepare(`CREATE TABLE ${table} AS ${query.sql}`).run(...parameters)
    })
  }

  /** The result that an earlier process kept in that place. */
  static kept(place: SnapshotPlace, query: CompiledQuery): ResultSnapshot {
    return new ResultSnapshot(place, query, () => {})
  }

  /** `count` rows after the first `offset` ones. */
  rows(offset: number, count: number): SqlRow[] {
    return this.#range.all(offset, count)
  }

  /** Frees the table. */
  drop(): void {
    this.#database.exec(`DROP TABLE IF EXISTS ${this.#table}`)
  }
}
