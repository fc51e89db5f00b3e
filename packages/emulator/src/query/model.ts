import type { Org } from '../org/org.ts'
import { compileSoql } from '../soql/compile.ts'
import type { CompiledQuery } from '../soql/compiled-query.ts'
import { SoqlError } from '../soql/error.ts'
import { type JsonRecord, RecordReader, type SqlRow } from '../soql/record-reader.ts'
import { ResultSnapshot } from '../soql/snapshot.ts'

/** One page of a query's result. */
export interface QueryPage {
  /** Rows of the whole result, on every page. */
  readonly totalSize: number
  readonly records: readonly JsonRecord[]
  /** Where the next page begins; undefined on the last one. */
  readonly next: string | undefined
}

/** What one query call asks for. */
export interface QueryRequest {
  readonly soql: string
  readonly includeDeleted: boolean
  /** Rows per page, 200 to 2,000. */
  readonly batchSize: number
  /** API version of the call (`67.0`), for record urls. */
  readonly version: string
}

interface Cursor {
  readonly snapshot: ResultSnapshot
  readonly openedAt: number
}

/** Cursors live two days (Salesforce limits cheat sheet, "API Query Cursors"). */
const CURSOR_LIFETIME = 2 * 86_400_000

/** An aggregate result has to fit on one page (SOQL and SOSL Reference, "GROUP BY"). */
const MAX_AGGREGATE_ROWS = 2000

const LOCATOR = /^(\w{15,18})-(\d+)$/

/** Runs queries and keeps the cursors of those with more than one page. Knows no HTTP. */
export class QueryService {
  readonly #org: Org
  readonly #cursors: Map<string, Cursor> = new Map()

  constructor(org: Org) {
    this.#org = org
    org.onReset(() => this.#closeAll())
  }

  /**
   * The first page of a query.
   *
   * @throws SoqlError where the query is refused.
   */
  query(request: QueryRequest): QueryPage {
    const compiled = this.#compile(request.soql, request.includeDeleted)
    if (compiled.kind === 'count') return { totalSize: this.#count(compiled), records: [], next: undefined }
    const rows = this.#firstRows(compiled, Math.max(request.batchSize, this.#ceiling(compiled)))
    if (rows !== undefined) {
      return { totalSize: rows.length, records: this.#records(compiled, rows, request.version), next: undefined }
    }
    if (compiled.kind === 'aggregate') {
      const message =
        'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch'
      throw new SoqlError('EXCEEDED_ID_LIMIT', message)
    }
    this.#closeOld()
    const id = this.#org.ids.next('01g')
    const snapshot = new ResultSnapshot(this.#org.database, `cursor_${id}`, compiled)
    this.#cursors.set(id, { snapshot, openedAt: this.#org.clock.now() })
    return this.#page(id, snapshot, 0, request)
  }

  /** The page at a locator, or undefined where no cursor is open under it. */
  more(locator: string, request: Pick<QueryRequest, 'batchSize' | 'version'>): QueryPage | undefined {
    this.#closeOld()
    const [, id = '', offset = ''] = LOCATOR.exec(locator) ?? []
    const cursor = this.#cursors.get(id)
    if (cursor === undefined || Number(offset) >= cursor.snapshot.size) return undefined
    return this.#page(id, cursor.snapshot, Number(offset), request)
  }

  /**
   * The records of a query that are among the given ones, all of them.
   *
   * @throws SoqlError where the query is refused.
   */
  recordsAmong(soql: string, ids: readonly string[], version: string): JsonRecord[] {
    const compiled = this.#compile(soql, false, ids)
    return this.#records(compiled, this.#org.database.prepare(compiled.sql).all(...compiled.parameters), version)
  }

  /** The object of a query and how many of its records match, for the explain resource. */
  explain(soql: string): { object: string; cardinality: number; objectCardinality: number } {
    const compiled = this.#compile(soql, false)
    const found = this.#org.database.prepare(`SELECT COUNT(*) AS c0 FROM (${compiled.sql})`).get(...compiled.parameters)
    return {
      object: compiled.object,
      cardinality: Number(found?.c0),
      objectCardinality: this.#org.records.count(compiled.object),
    }
  }

  #compile(soql: string, includeDeleted: boolean, among?: readonly string[]): CompiledQuery {
    const { schema, clock, userId } = this.#org
    return compileSoql(soql, { schema, now: clock.now(), includeDeleted, userId, among })
  }

  #count(compiled: CompiledQuery): number {
    return Number(this.#org.database.prepare(compiled.sql).get(...compiled.parameters)?.c0)
  }

  #ceiling(compiled: CompiledQuery): number {
    return compiled.kind === 'aggregate' ? MAX_AGGREGATE_ROWS : 0
  }

  /** All rows where they fit on one page, undefined where there are more. */
  #firstRows(compiled: CompiledQuery, most: number): SqlRow[] | undefined {
    const rows: SqlRow[] = []
    for (const row of this.#org.database.prepare(compiled.sql).iterate(...compiled.parameters)) {
      if (rows.length === most) return undefined
      rows.push(row as SqlRow)
    }
    return rows
  }

  #page(
    id: string,
    snapshot: ResultSnapshot,
    offset: number,
    { batchSize, version }: Pick<QueryRequest, 'batchSize' | 'version'>,
  ): QueryPage {
    const rows = snapshot.rows(offset, batchSize)
    const end = offset + rows.length
    return {
      totalSize: snapshot.size,
      records: this.#records(snapshot.query, rows, version),
      next: end < snapshot.size ? `${id}-${end}` : undefined,
    }
  }

  #records(compiled: CompiledQuery, rows: readonly SqlRow[], version: string): JsonRecord[] {
    const reader = new RecordReader(this.#org.database, compiled, version)
    return rows.map((row) => reader.read(row))
  }

  #closeOld(): void {
    const oldest = this.#org.clock.now() - CURSOR_LIFETIME
    for (const [id, { snapshot, openedAt }] of this.#cursors) {
      if (openedAt >= oldest) return
      snapshot.drop()
      this.#cursors.delete(id)
    }
  }

  #closeAll(): void {
    for (const { snapshot } of this.#cursors.values()) snapshot.drop()
    this.#cursors.clear()
  }
}
