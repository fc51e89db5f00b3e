import type { DatabaseSync } from 'node:sqlite'

/** True of SQL text with signs that NOCASE and LIKE leave as they are: SQLite folds the letters of ASCII only. */
const BEYOND_ASCII_SQL = "GLOB '*[^\u0001-\u007f]*'"
const BEYOND_ASCII = /[^\0-\x7f]/

/** Makes `fold()` known to a connection: text in lower case, for all letters. */
export function defineFold(database: DatabaseSync): void {
  database.function('fold', { deterministic: true }, foldedText)
}

function foldedText(value: unknown): string | null {
  return typeof value === 'string' ? value.toLowerCase() : null
}

/** True for a value that NOCASE does not compare without regard to case; such values need {@link foldedEqualSql}. */
export function needsFold(value: unknown): value is string {
  return typeof value === 'string' && BEYOND_ASCII.test(value)
}

/**
 * The SQL by which a text column with a value beyond ASCII is found in the lower case bound to `marks`. It says itself that
 * the column has to be beyond ASCII, so that an index on those few values serves it.
 */
export function foldedEqualSql(column: string, marks = '= ?'): string {
  return `(${column} ${BEYOND_ASCII_SQL} AND fold(${column}) ${marks})`
}

/** What an index for {@link foldedEqualSql} is on: it costs nothing where all values are ASCII. */
export function foldedIndexSql(column: string): string {
  return `(fold(${column})) WHERE ${column} ${BEYOND_ASCII_SQL}`
}

/** A text expression under which texts that differ only in case are one, to group by. */
export function ignoringCaseSql(sql: string): string {
  return `${foldedSql(sql)} COLLATE NOCASE`
}

/**
 * A text expression to sort by, without regard to case. For English locales Salesforce goes by the UTF-8 values of the
 * upper-case signs (SOQL and SOSL Reference, "ORDER BY").
 */
export function upperCaseSql(sql: string): string {
  return `upper(${foldedSql(sql)})`
}

/** Text of ASCII alone never leaves SQLite: a call of JavaScript a row would cost more than the comparison. */
function foldedSql(sql: string): string {
  return `iif(${sql} ${BEYOND_ASCII_SQL}, fold(${sql}), ${sql})`
}
