import type { OrderByClause, QueryBase } from '@jetstreamapp/soql-parser-js'
import { isText } from '../schema/types.ts'
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

/** What a query level sorts by, and how: `direction` follows the expression or the name of its column. */
export interface SortKey {
  readonly sql: string
  readonly direction: string
}

/** The sort keys of a query level in their order. */
export function sortKeys(query: QueryBase, paths: Paths, groups?: readonly string[]): SortKey[] {
  return [query.orderBy ?? []].flat().map((clause) => sortKey(clause, paths, groups))
}

/** ORDER BY as SQL with a leading space, or empty. */
export function orderSql(keys: readonly SortKey[]): string {
  return keys.length > 0 ? ` ORDER BY ${keys.map(({ sql, direction }) => `${sql}${direction}`).join(', ')}` : ''
}

/** LIMIT and OFFSET as SQL with a leading space, or empty. */
export function limitSql(query: QueryBase): string {
  if ((query.offset ?? 0) > MAX_OFFSET) {
    throw new SoqlError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`)
  }
  const offset = query.offset === undefined ? '' : ` OFFSET ${query.offset}`
  return query.limit === undefined && offset === '' ? '' : ` LIMIT ${query.limit ?? -1}${offset}`
}

function sortKey(clause: OrderByClause, paths: Paths, groups: readonly string[] | undefined): SortKey {
  const nulls = ` NULLS ${clause.nulls ?? 'FIRST'}`
  const direction = clause.order ?? 'ASC'
  if ('fn' in clause) {
    const operand = functionOperand(clause.fn, paths)
    checkGrouped(operand, groups)
    return { sql: operand.sql, direction: ` ${direction}${nulls}` }
  }
  const { field, sql } = paths.column(clause.field)
  if (!field.sortable) throw new SoqlError('INVALID_FIELD', `field '${field.name}' can not be sorted in a query call`)
  checkGrouped({ sql, name: clause.field, aggregate: false }, groups)
  const collation = isText(field) ? ' COLLATE NOCASE' : ''
  return { sql, direction: `${collation} ${direction}${nulls}` }
}
