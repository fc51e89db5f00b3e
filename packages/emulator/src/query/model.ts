import type { Org } from '../org/org.ts'
import { RecentItems } from '../sobjects/recent-items.ts'
import { compileSoql } from '../soql/compile.ts'
import type { CompiledQuery } from '../soql/compiled-query.ts'
import { SoqlError } from '../soql/error.ts'
import { type JsonRecord, RecordReader, type SqlRow } from '../soql/record-reader.ts'
import type { ResultSnapshot } from '../soql/snapshot.ts'
import { checkChildLevels, childQueries } from './child-levels.ts'
import { queryColumns } from './columns.ts'
import { Cursors } from './cursors.ts'

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

/** An aggregate result has to fit on one page (SOQL and SOSL Reference, "GROUP BY"). */
const MAX_AGGREGATE_ROWS = 2000

const LOCATOR = /^(\w{15,18})-(\d+)$/

/** Runs queries and keeps the cursors of those with more than one page. Knows no HTTP. */
export class QueryService {
  readonly #org: Org
  readonly #cursors: Cursors
  readonly #recent: RecentItems

  constructor(org: Org) {
    this.#org = org
    this.#cursors = new Cursors(org)
    this.#recent = new RecentItems(org)
  }

  /**
   * The first page of a query.
   *
   * @throws SoqlError where the query is refused.
   */
  query(request: QueryRequest): QueryPage {
    const compiled = this.#compile(request.soql, request.includeDeleted)
    checkChildLevels(compiled, Number(request.version))
    if (compiled.kind === 'count') return { totalSize: this.#count(compiled), records: [], next: undefined }
    const rows =
      childQueries(compiled).length > 0
        ? undefined
        : this.#firstRows(compiled, Math.max(request.batchSize, ceiling(compiled)))
    if (rows !== undefined) {
      return { totalSize: rows.length, records: this.#records(compiled, rows, request.version), next: undefined }
    }
    if (compiled.kind === 'aggregate') {
      const message =
        'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch'
      throw new SoqlError('EXCEEDED_ID_LIMIT', message)
    }
    const { id, snapshot } = this.#cursors.open(compiled)
    const page = this.#page(id, snapshot, 0, request)
    if (page.next === undefined) this.#cursors.close(id)
    return page
  }

  /** The page at a locator, or undefined where no cursor is open under it. */
  more(locator: string, request: Pick<QueryRequest, 'batchSize' | 'version'>): QueryPage | undefined {
    const [, id = '', offset = ''] = LOCATOR.exec(locator) ?? []
    const snapshot = this.#cursors.find(id)
    if (snapshot === undefined || Number(offset) >= snapshot.size) return undefined
    return this.#page(id, snapshot, Number(offset), request)
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

  /** The columns of a query's result. */
  columns(soql: string): object {
    return queryColumns(this.#org.schema, this.#compile(soql, false))
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
    const budget = {
      rows: batchSize,
      childCursor: (query: CompiledQuery, id: string) => this.#cursors.open(query, id).id,
    }
    const reader = new RecordReader(this.#org.database, snapshot.query, version, budget)
    const records = reader.readWithin(snapshot.rows(offset, batchSize))
    this.#leaveTraces(snapshot.query, records)
    const end = offset + records.length
    return { totalSize: snapshot.size, records, next: end < snapshot.size ? `${id}-${end}` : undefined }
  }

  #records(compiled: CompiledQuery, rows: readonly SqlRow[], version: string): JsonRecord[] {
    const reader = new RecordReader(this.#org.database, compiled, version)
    const records = rows.map((row) => reader.read(row))
    this.#leaveTraces(compiled, records)
    return records
  }

  /** What FOR VIEW and FOR REFERENCE do to the records that are answered. */
  #leaveTraces({ object: name, leaves }: CompiledQuery, records: readonly JsonRecord[]): void {
    const object = this.#org.schema.object(name)
    if (leaves !== undefined && object !== undefined) this.#recent.viewed(object, records.map(idOf), leaves)
  }
}

/** Records carry their Id in the url of their attributes, whether or not it was asked for. */
function idOf({ attributes }: JsonRecord): string {
  return (attributes as { url: string }).url.slice(-18)
}

function ceiling(compiled: CompiledQuery): number {
  return compiled.kind === 'aggregate' ? MAX_AGGREGATE_ROWS : 0
}
