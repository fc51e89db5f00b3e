import type { DatabaseSync } from 'node:sqlite'
import { quote } from '../records/object-table.ts'
import { type FieldSchema, isText, type ObjectSchema, type StoredValue } from '../schema/types.ts'
import type { SearchExpression } from './expression.ts'
import { matchText } from './match-text.ts'
import type { SearchGroup } from './statement.ts'

const COLUMNS: Readonly<Record<SearchGroup, readonly string[]>> = {
  ALL: ['name', 'email', 'phone', 'other'],
  NAME: ['name'],
  EMAIL: ['email'],
  PHONE: ['phone'],
  SIDEBAR: ['name', 'email', 'phone'],
}

/** Names by which people look for records, beside the name field itself. */
const NAMES: ReadonlySet<string> = new Set(['FirstName', 'LastName', 'Company', 'Subject', 'Title'])

/**
 * Full text of the records of one object, in an FTS5 table that lives as long as the process. Writing records costs
 * nothing: a search first takes in what SystemModstamp shows as changed since the last one.
 */
export class SearchIndex {
  readonly #database: DatabaseSync
  readonly #object: ObjectSchema
  readonly #table: string
  readonly #words: string
  #watermark = ''

  constructor(database: DatabaseSync, object: ObjectSchema) {
    this.#database = database
    this.#object = object
    this.#table = quote(`search_${object.name}`)
    this.#words = quote(`search_${object.name}_words`)
    database.exec(
      `CREATE VIRTUAL TABLE IF NOT EXISTS temp.${this.#table} USING fts5(${COLUMNS.ALL.join(', ')}, ` +
        `tokenize = 'unicode61 remove_diacritics 2')`,
    )
    // A word in the name says more about a record than one in its description.
    database.exec(`INSERT INTO temp.${this.#table} (${this.#table}, rank) VALUES ('rank', 'bm25(10, 5, 5, 1)')`)
    database.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.${this.#words} USING fts5vocab(${this.#table}, 'row')`)
  }

  /** Ids of records that match, the best match first; deleted ones are left to the query that shows them. */
  find(expression: SearchExpression, group: SearchGroup): string[] {
    this.#catchUp()
    const match = `{${COLUMNS[group].join(' ')}} : (${matchText(expression, (pattern) => this.#wordsLike(pattern))})`
    const sql =
      `SELECT t."Id" FROM temp.${this.#table} AS f JOIN main.${quote(this.#object.name)} AS t ON t.rowid = f.rowid ` +
      `WHERE f.${this.#table} MATCH ? ORDER BY f.rank, t."Id"`
    return this.#database
      .prepare(sql)
      .all(match)
      .map(({ Id }) => String(Id))
  }

  /** Forgets everything: the records were removed and their row numbers are dealt out again. */
  clear(): void {
    this.#database.exec(`DELETE FROM temp.${this.#table}`)
    this.#watermark = ''
  }

  #catchUp(): void {
    const table = `main.${quote(this.#object.name)}`
    const newest = this.#database.prepare(`SELECT max("SystemModstamp") AS top FROM ${table}`).get() as {
      top: StoredValue
    }
    const texts = COLUMNS.ALL.map((column) => this.#textSql(column))
    // Times have whole seconds: the second of the last search is read once more.
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO temp.${this.#table} (rowid, ${COLUMNS.ALL.join(', ')}) ` +
          `SELECT rowid, ${texts.join(', ')} FROM ${table} WHERE "SystemModstamp" >= ?`,
      )
      .run(this.#watermark)
    this.#watermark = String(newest.top ?? '')
  }

  #textSql(column: string): string {
    const fields = this.#object.fields.filter((field) => isText(field) && columnOf(field) === column)
    if (fields.length === 0) return "''"
    return fields.map((field) => (column === 'phone' ? digitsSql(field) : textSql(field))).join(` || ' ' || `)
  }

  #wordsLike(pattern: string): string[] {
    const rows = this.#database.prepare(`SELECT term FROM temp.${this.#words} WHERE term GLOB ?`).all(pattern)
    return rows.map(({ term }) => String(term))
  }
}

function columnOf(field: FieldSchema): string {
  if (field.type === 'email' || field.type === 'phone') return field.type
  return field.nameField || NAMES.has(field.name) ? 'name' : 'other'
}

function textSql({ name }: FieldSchema): string {
  return `coalesce(${quote(name)}, '')`
}

/** A telephone number as it is written and as its digits alone, since people search for either. */
function digitsSql(field: FieldSchema): string {
  const digits = [...' ()-.+/'].reduce((sql, sign) => `replace(${sql}, '${sign}', '')`, textSql(field))
  return `${textSql(field)} || ' ' || ${digits}`
}
