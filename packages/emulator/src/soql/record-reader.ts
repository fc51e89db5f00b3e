import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { restDateTime } from '../records/date-values.ts'
import type { CompiledQuery, Output, ParentOutput, TypeofOutput, ValueOutput } from './compiled-query.ts'
import { localized } from './localize.ts'

/** A row of a compiled query's SQL, keyed by column. */
export type SqlRow = Readonly<Record<string, unknown>>

/** A record as REST shows it. */
export type JsonRecord = Record<string, unknown>

/** How much one page may still hold; the rows of child queries count like those of the query itself. */
export interface PageBudget {
  rows: number
  /** Keeps the children of a parent for later pages and gives the Id of their cursor. */
  readonly childCursor: (query: CompiledQuery, parentId: string) => string
}

/**
 * Turns rows of one compiled query into the records of a REST answer: `attributes` first, parents nested or null, child
 * queries as `{ totalSize, done, records }` or null, date-times with `+0000`.
 */
export class RecordReader {
  readonly #query: CompiledQuery
  readonly #base: string
  readonly #budget: PageBudget | undefined
  readonly #children: ReadonlyMap<CompiledQuery, ChildReader>

  /**
   * @param version API version of the request, as in the path (`67.0`), for the record urls.
   * @param budget what the page may hold; everything when absent.
   */
  constructor(database: DatabaseSync, query: CompiledQuery, version: string, budget?: PageBudget) {
    this.#query = query
    this.#base = `/services/data/v${version}/sobjects`
    this.#budget = budget
    const children = query.outputs.filter((output) => output.kind === 'children')
    this.#children = new Map(
      children.map(({ query: child }) => [child, new ChildReader(database, child, version, budget)]),
    )
  }

  /** The records of the first rows, as many as the page can hold with their children; always one. */
  readWithin(rows: Iterable<SqlRow>): JsonRecord[] {
    const records: JsonRecord[] = []
    for (const row of rows) {
      if (this.#budget !== undefined && this.#budget.rows <= 0 && records.length > 0) break
      if (this.#budget !== undefined) this.#budget.rows -= 1
      records.push(this.read(row))
    }
    return records
  }

  /** The record of one row. */
  read(row: SqlRow): JsonRecord {
    const id = this.#query.id === undefined ? undefined : String(row[this.#query.id])
    const attributes = id === undefined ? { type: 'AggregateResult' } : this.#attributes(this.#query.object, id)
    return this.#fill({ attributes }, row, this.#query.outputs, id)
  }

  #fill(record: JsonRecord, row: SqlRow, outputs: readonly Output[], id?: string): JsonRecord {
    for (const output of outputs) record[output.name] = this.#value(row, output, id)
    return record
  }

  #value(row: SqlRow, output: Output, id: string | undefined): unknown {
    switch (output.kind) {
      case 'value':
        return output.type === 'base64' ? this.#blobPath(row[output.column]) : jsonValue(row, output)
      case 'compound':
        return compoundValue(row, output.parts)
      case 'parent':
        return this.#parent(row, output)
      case 'typeof':
        return this.#typeof(row, output)
      case 'children':
        return this.#children.get(output.query)?.read(id ?? '') ?? null
    }
  }

  #parent(row: SqlRow, output: ParentOutput): JsonRecord | null {
    const id = row[output.id]
    if (id === null) return null
    return this.#fill({ attributes: this.#attributes(String(row[output.object]), String(id)) }, row, output.outputs)
  }

  #typeof(row: SqlRow, { id, object, branches }: TypeofOutput): JsonRecord | null {
    const type = row[object]
    const branch = branches.find((one) => one.object === type) ?? branches.find((one) => one.object === undefined)
    if (row[id] === null || branch === undefined) return null
    return this.#fill({ attributes: this.#attributes(String(type), String(row[id])) }, row, branch.outputs)
  }

  #blobPath(path: unknown): string | null {
    return path === null ? null : `${this.#base}/${path}`
  }

  #attributes(type: string, id: string): JsonRecord {
    return { type, url: `${this.#base}/${type}/${id}` }
  }
}

class ChildReader {
  readonly #rows: StatementSync
  readonly #count: StatementSync
  readonly #query: CompiledQuery
  readonly #reader: RecordReader
  readonly #budget: PageBudget | undefined
  readonly #road: string

  constructor(database: DatabaseSync, query: CompiledQuery, version: string, budget: PageBudget | undefined) {
    this.#rows = database.prepare(query.sql)
    this.#count = database.prepare(`SELECT COUNT(*) AS n FROM (${query.sql})`)
    this.#query = query
    this.#reader = new RecordReader(database, query, version, budget)
    this.#budget = budget
    this.#road = `/services/data/v${version}/query`
  }

  /** The children of a parent, null where it has none; those that the page cannot hold are at a url of their own. */
  read(parentId: string): JsonRecord | null {
    const { parameters } = this.#query
    const records = this.#reader.readWithin(this.#rows.iterate(parentId, ...parameters) as Iterable<SqlRow>)
    if (records.length === 0) return null
    const totalSize = Number(this.#count.get(parentId, ...parameters)?.n)
    if (this.#budget === undefined || records.length === totalSize) return { totalSize, done: true, records }
    const nextRecordsUrl = `${this.#road}/${this.#budget.childCursor(this.#query, parentId)}-${records.length}`
    return { totalSize, done: false, nextRecordsUrl, records }
  }
}

function jsonValue(row: SqlRow, output: ValueOutput): unknown {
  const stored = row[output.column]
  if (stored === null) return null
  if (output.localized) return localized(output.type, stored)
  if (output.type === 'boolean') return stored === 1
  return output.type === 'datetime' ? restDateTime(String(stored)) : stored
}

/** A compound address, null where no part of it is set. */
function compoundValue(row: SqlRow, parts: readonly ValueOutput[]): JsonRecord | null {
  if (parts.every((part) => row[part.column] === null)) return null
  return Object.fromEntries(parts.map((part) => [part.name, jsonValue(row, part)]))
}
