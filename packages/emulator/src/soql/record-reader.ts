import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { restDateTime } from '../records/date-values.ts'
import type { CompiledQuery, Output, ParentOutput, ValueOutput } from './compiled-query.ts'

/** A row of a compiled query's SQL, keyed by column. */
export type SqlRow = Readonly<Record<string, unknown>>

/** A record as REST shows it. */
export type JsonRecord = Record<string, unknown>

/**
 * Turns rows of one compiled query into the records of a REST answer: `attributes` first, parents nested or null, child
 * queries as `{ totalSize, done, records }` or null, date-times with `+0000`.
 */
export class RecordReader {
  readonly #query: CompiledQuery
  readonly #base: string
  readonly #children: ReadonlyMap<CompiledQuery, ChildReader>

  /** @param version API version of the request, as in the path (`67.0`), for the record urls. */
  constructor(database: DatabaseSync, query: CompiledQuery, version: string) {
    this.#query = query
    this.#base = `/services/data/v${version}/sobjects`
    const children = query.outputs.filter((output) => output.kind === 'children')
    this.#children = new Map(children.map(({ query: child }) => [child, new ChildReader(database, child, version)]))
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
      case 'children':
        return this.#children.get(output.query)?.read(id ?? '') ?? null
    }
  }

  #parent(row: SqlRow, output: ParentOutput): JsonRecord | null {
    const id = row[output.id]
    if (id === null) return null
    return this.#fill({ attributes: this.#attributes(String(row[output.object]), String(id)) }, row, output.outputs)
  }

  #blobPath(path: unknown): string | null {
    return path === null ? null : `${this.#base}/${path}`
  }

  #attributes(type: string, id: string): JsonRecord {
    return { type, url: `${this.#base}/${type}/${id}` }
  }
}

class ChildReader {
  readonly #statement: StatementSync
  readonly #parameters: CompiledQuery['parameters']
  readonly #reader: RecordReader

  constructor(database: DatabaseSync, query: CompiledQuery, version: string) {
    this.#statement = database.prepare(query.sql)
    this.#parameters = query.parameters
    this.#reader = new RecordReader(database, query, version)
  }

  /** The children of a parent, null where it has none. */
  read(parentId: string): JsonRecord | null {
    const records = this.#statement.all(parentId, ...this.#parameters).map((row) => this.#reader.read(row))
    return records.length === 0 ? null : { totalSize: records.length, done: true, records }
  }
}

function jsonValue(row: SqlRow, output: ValueOutput): unknown {
  const stored = row[output.column]
  if (stored === null) return null
  if (output.type === 'boolean') return stored === 1
  return output.type === 'datetime' ? restDateTime(String(stored)) : stored
}

/** A compound address, null where no part of it is set. */
function compoundValue(row: SqlRow, parts: readonly ValueOutput[]): JsonRecord | null {
  if (parts.every((part) => row[part.column] === null)) return null
  return Object.fromEntries(parts.map((part) => [part.name, jsonValue(row, part)]))
}
