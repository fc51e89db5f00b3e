import type { DatabaseSync, StatementSync } from 'node:sqlite'
import {
  type FieldSchema,
  type FieldType,
  ignoresCase,
  isStored,
  type ObjectSchema,
  type StoredRow,
  type StoredValue,
} from '../schema/types.ts'
import { foldedEqualSql, foldedIndexSql, needsFold } from './fold-case.ts'

/** Prepared writes of each kind kept; a load writes the same columns over and over, so that few are ever needed. */
const KEPT_WRITES = 100

/** The SQL of one object: a table of the object's name, one column per stored field, Id as its key. */
export class ObjectTable {
  readonly schema: ObjectSchema
  /** Names of all columns in table order; `IsDeleted` is among them even where describe does not show it. */
  readonly columns: readonly string[]
  readonly #names: ReadonlySet<string>
  readonly #ignoringCase: ReadonlySet<string>
  readonly #database: DatabaseSync
  readonly #byId: StatementSync
  readonly #state: StatementSync
  readonly #remove: StatementSync
  readonly #finders: Map<string, StatementSync> = new Map()
  readonly #inserts: Map<string, StatementSync> = new Map()
  readonly #updates: Map<string, StatementSync> = new Map()

  constructor(database: DatabaseSync, schema: ObjectSchema) {
    this.schema = schema
    this.#database = database
    const stored = schema.fields.filter(isStored)
    this.columns = stored.map((field) => field.name)
    if (!this.columns.includes('IsDeleted')) this.columns = [...this.columns, 'IsDeleted']
    this.#names = new Set(this.columns)
    this.#ignoringCase = new Set(stored.filter(ignoresCase).map((field) => field.name))
    createTable(database, schema.name, stored, this.columns)
    const table = quote(schema.name)
    this.#byId = database.prepare(`SELECT * FROM ${table} WHERE "Id" = ?`)
    this.#state = database.prepare(`SELECT "IsDeleted" FROM ${table} WHERE "Id" = ?`)
    this.#remove = database.prepare(`DELETE FROM ${table} WHERE "Id" = ?`)
  }

  insert(row: Readonly<StoredRow>): void {
    const set: string[] = []
    const values: StoredValue[] = []
    for (const column in row) {
      const value = row[column] ?? null
      if (value === null || !this.#names.has(column)) continue
      set.push(column)
      values.push(value)
    }
    this.#insertOf(set).run(...values)
  }

  /** Writes the columns in which `row` differs from `previous`, the same record as the table has it. */
  change(previous: Readonly<StoredRow>, row: Readonly<StoredRow>): void {
    const changed = this.columns.filter((column) => (row[column] ?? null) !== (previous[column] ?? null))
    if (changed.length === 0) return
    const values = changed.map((column) => row[column] ?? null)
    this.#updateOf(changed).run(...values, previous.Id ?? null)
  }

  remove(id: string): void {
    this.#remove.run(id)
  }

  /** The row of that 18-character Id, deleted or not. */
  byId(id: string): StoredRow | undefined {
    return this.#byId.get(id) as StoredRow | undefined
  }

  /** Whether there is a row of that 18-character Id, and if so whether it is deleted; cheaper than the row. */
  stateOf(id: string): 'live' | 'deleted' | undefined {
    const row = this.#state.get(id)
    return row && (row.IsDeleted === 1 ? 'deleted' : 'live')
  }

  /** Rows whose column holds the value, in the order of their Ids; text is compared without regard to case. */
  by(column: string, value: StoredValue, includeDeleted = false): StoredRow[] {
    const folds = needsFold(value) && this.#ignoringCase.has(column)
    const key = `${column}${includeDeleted ? '*' : ''}${folds ? '~' : ''}`
    let statement = this.#finders.get(key)
    if (!statement) {
      const equal = folds ? foldedEqualSql(quote(column)) : `${quote(column)} = ?`
      const alive = includeDeleted ? '' : ' AND "IsDeleted" = 0'
      statement = this.#database.prepare(
        `SELECT * FROM ${quote(this.schema.name)} WHERE ${equal}${alive} ORDER BY "Id"`,
      )
      this.#finders.set(key, statement)
    }
    return statement.all(folds ? value.toLowerCase() : value) as StoredRow[]
  }

  /** The highest value of a column, null in an empty table. */
  highest(column: string): StoredValue {
    const row = this.#database.prepare(`SELECT max(${quote(column)}) AS top FROM ${quote(this.schema.name)}`).get()
    return (row as { top: StoredValue }).top
  }

  /** How many records there are, not counting deleted ones. */
  count(): number {
    const row = this.#database
      .prepare(`SELECT count(*) AS n FROM ${quote(this.schema.name)} WHERE "IsDeleted" = 0`)
      .get()
    return (row as { n: number }).n
  }

  clear(): void {
    this.#database.exec(`DELETE FROM ${quote(this.schema.name)}`)
  }

  /** Columns that are left out are null; naming all of them would cost more than everything else about a row. */
  #insertOf(columns: readonly string[]): StatementSync {
    const key = columns.join()
    return kept(this.#inserts, key, () => {
      const names = columns.map(quote).join(', ')
      const values = columns.map(() => '?').join(', ')
      return this.#database.prepare(`INSERT INTO ${quote(this.schema.name)} (${names}) VALUES (${values})`)
    })
  }

  #updateOf(columns: readonly string[]): StatementSync {
    return kept(this.#updates, columns.join(), () => {
      const assignments = columns.map((column) => `${quote(column)} = ?`).join(', ')
      return this.#database.prepare(`UPDATE ${quote(this.schema.name)} SET ${assignments} WHERE "Id" = ?`)
    })
  }
}

function kept(statements: Map<string, StatementSync>, key: string, prepare: () => StatementSync): StatementSync {
  let statement = statements.get(key)
  if (!statement) {
    if (statements.size >= KEPT_WRITES) statements.clear()
    statement = prepare()
    statements.set(key, statement)
  }
  return statement
}

/** A name as an SQL identifier. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

const NUMBERS: Partial<Record<FieldType, string>> = {
  boolean: 'INTEGER',
  int: 'INTEGER',
  double: 'REAL',
  currency: 'REAL',
  percent: 'REAL',
}

function createTable(
  database: DatabaseSync,
  name: string,
  stored: readonly FieldSchema[],
  columns: readonly string[],
): void {
  const definitions = stored.map(definitionOf)
  if (columns.length > stored.length) definitions.push(DELETED)
  database.exec(`CREATE TABLE IF NOT EXISTS ${quote(name)} (${definitions.join(', ')})`)
  // A data file may come from an org whose schema had fewer fields.
  const there = new Set(
    database
      .prepare(`PRAGMA table_info(${quote(name)})`)
      .all()
      .map((column) => column.name),
  )
  for (const field of stored) {
    if (!there.has(field.name)) database.exec(`ALTER TABLE ${quote(name)} ADD COLUMN ${definitionOf(field)}`)
  }
  for (const field of stored) {
    if (field.name === 'Id' || !isIndexed(field)) continue
    const column = quote(field.name)
    const indexes = { [`${name}_${field.name}`]: `(${column}) WHERE ${column} IS NOT NULL` }
    if (ignoresCase(field)) indexes[`${name}_${field.name}_folded`] = foldedIndexSql(column)
    for (const [index, on] of Object.entries(indexes)) {
      database.exec(`CREATE INDEX IF NOT EXISTS ${quote(index)} ON ${quote(name)} ${on}`)
    }
  }
}

function definitionOf(field: FieldSchema): string {
  if (field.name === 'Id') return '"Id" TEXT PRIMARY KEY'
  if (field.name === 'IsDeleted') return DELETED
  return `${quote(field.name)} ${NUMBERS[field.type] ?? (ignoresCase(field) ? 'TEXT COLLATE NOCASE' : 'TEXT')}`
}

const DELETED = '"IsDeleted" INTEGER NOT NULL DEFAULT 0'

/** Audit references all point at one user: an index on them would only cost. */
function isIndexed(field: FieldSchema): boolean {
  if (field.type === 'reference') return field.createable
  return field.externalId || field.unique || field.idLookup || field.name === 'SystemModstamp'
}
