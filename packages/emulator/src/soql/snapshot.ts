import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { CompiledQuery } from './compiled-query.ts'
import type { SqlRow } from './record-reader.ts'

/**
 * The result of a query, kept as it was when the query ran. It lives in a temporary table, which SQLite moves to disk
 * when it grows, so that a million rows cost no memory here. Taking one is a single statement: a million rows keep the
 * event loop busy for some seconds.
 */
export class ResultSnapshot {
  /** How many rows there are. */
  readonly size: number
  readonly query: CompiledQuery
  readonly #database: DatabaseSync
  readonly #table: string
  readonly #range: StatementSync

  /**
   * @param name unique among the snapshots of the database; letters, digits and underscores.
   * @param parameters other values than the query's own, for a child query that needs its parent's Id.
   */
  constructor(
    database: DatabaseSync,
    name: string,
    query: CompiledQuery,
    parameters: CompiledQuery['parameters'] = query.parameters,
  ) {
    this.query = query
    this.#database = database
    this.#table = `temp."${name}"`
    database.prepare(`CREATE TEMP TABLE "${name}" AS ${query.sql}`).run(...parameters)
    this.size = Number(database.prepare(`SELECT COUNT(*) AS n FROM ${this.#table}`).get()?.n)
    this.#range = database.prepare(`SELECT * FROM ${this.#table} WHERE rowid > ? ORDER BY rowid LIMIT ?`)
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
