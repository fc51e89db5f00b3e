import type { OrderByClause, QueryBase } from '@jetstreamapp/soql-parser-js'
import { upperCaseSql } from '../records/fold-case.ts'
import { type FieldSchema, isText } from '../schema/types.ts'
import { SoqlError } from './error.ts'
import { functionOperand } from './functions.ts'
import { checkGrouped } from './grouping.ts'
import type { Paths } from './paths.ts'

/** Most rows OFFSET may skip (SOQL and SOSL Reference, "OFFSET"). */
const MAX_OFFSET = 2000

/**
 * ORDER BY, LIMIT and OFFSET of a query level as SQL, with a leading space, or empty. Nulls come first unless the query
 * says otherwise, whatever the direction.
 *
 * @param groups what the query groups by, undefined where it answers records.
 */
export function sortingSql(query: QueryBase, paths: Paths, groups?: readonly string[]): string {
  return `${orderSql(sortKeys(query, paths, groups))}${limitSql(query)}`
}

/** What a query level sorts by, and how. */
export interface SortKey {
  /** The value's expression, or the name of its column. */
  readonly sql: string
  /** What is compared of that value. */
  readonly compared: (sql: string) => readonly string[]
  readonly direction: string
}

/** The sort keys of a query level in their order. */
export function sortKeys(query: QueryBase, paths: Paths, groups?: readonly string[]): SortKey[] {
  paths.clause = 'ORDER'
  return [query.orderBy ?? []].flat().map((clause) => sortKey(clause, paths, groups))
}

/** ORDER BY as SQL with a leading space, or empty. */
export function orderSql(keys: readonly SortKey[]): string {
  const terms = keys.flatMap(({ sql, compared, direction }) => compared(sql).map((term) => `${term} ${direction}`))
  return terms.length > 0 ? ` ORDER BY ${terms.join(', ')}` : ''
}

/** LIMIT and OFFSET as SQL with a leading space, or empty. */
export function limitSql(query: QueryBase): string {
  if ((query.offset ?? 0) > MAX_OFFSET) {
    throw new SoqlError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`)
  }
  const offset = query.offset === undefined ? '' : ` OFFSET ${query.offset}`
  return query.limit === undefined && offset === '' ? '' : ` LIMIT ${query.limit ?? -1}${offset}`
}

/**
 * Refuses OFFSET in a query of children but where its parent is one record.
 *
 * Source: SOQL and SOSL Reference, "OFFSET".
 */
export function checkChildOffset(children: QueryBase, parent: QueryBase): void {
  if (children.offset === undefined || parent.limit === 1) return
  throw new SoqlError('MALFORMED_QUERY', 'OFFSET is allowed in a child query only where the parent query has LIMIT 1')
}

function sortKey(clause: OrderByClause, paths: Paths, groups: readonly string[] | undefined): SortKey {
  const direction = `${clause.order ?? 'ASC'} NULLS ${clause.nulls ?? 'FIRST'}`
  if ('fn' in clause) {
    const operand = functionOperand(clause.fn, paths)
    checkGrouped(operand, groups)
    return { sql: operand.sql, compared: (sql) => [sql], direction }
  }
  const { field, sql } = paths.column(clause.field)
  if (!field.sortable) throw new SoqlError('INVALID_FIELD', `field '${field.name}' can not be sorted in a query call`)
  checkGrouped({ sql, name: clause.field, aggregate: false }, groups)
  return { sql, compared: (value) => comparedBy(field, value), direction }
}

function comparedBy(field: FieldSchema, sql: string): readonly string[] {
  if (!isText(field)) return [sql]
  const text = upperCaseSql(sql)
  return field.type === 'picklist' ? [picklistPlaceSql(field, sql), text] : [text]
}

/**
 * The place of a value in its picklist; what the picklist does not hold comes after it.
 *
 * Source: SOQL and SOSL Reference, "ORDER BY": picklists sort as they are set up.
 */
function picklistPlaceSql({ picklistValues }: FieldSchema, sql: string): string {
  const places = picklistValues.map(({ value }, index) => ` WHEN '${value.replaceAll("'", "''")}' THEN ${index}`)
  const after = picklistValues.length
  return `iif(${sql} IS NULL, NULL, ${places.length === 0 ? after : `CASE ${sql}${places.join('')} ELSE ${after} END`})`
}
