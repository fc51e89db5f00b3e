import type { FieldType, GroupByClause, QueryBase } from '@jetstreamapp/soql-parser-js'
import { SoqlError, unsupported } from './error.ts'
import { fieldAlias, isFunction, writtenPath } from './field-list.ts'
import { functionOperand, type Operand } from './functions.ts'
import type { OutputList } from './output-list.ts'
import type { Paths } from './paths.ts'

/**
 * Fills the field list of an aggregate query and answers what it groups by, as SQL expressions.
 * Expressions without an alias are called expr0, expr1, ... in the order in which they stand.
 *
 * @throws {@link SoqlError} for a field that is neither grouped nor aggregated, and for ROLLUP and CUBE.
 */
export function grouping(query: QueryBase, paths: Paths, list: OutputList): string[] {
  const groups = [query.groupBy ?? []].flat().map((clause) => groupSql(clause, paths))
  let unnamed = 0
  for (const field of query.fields ?? []) {
    const { name, type, sql } = isFunction(field)
      ? expression(field, paths, groups, () => `expr${unnamed++}`)
      : groupedField(field, paths, groups)
    list.value(name, type, sql)
  }
  return groups
}

/**
 * Refuses what SQLite would run with an arbitrary answer: an aggregate in a query of records, and in an aggregate query
 * a value that is neither grouped nor aggregated.
 *
 * @param groups what the query groups by, undefined where it answers records.
 */
export function checkGrouped(operand: Pick<Operand, 'sql' | 'name' | 'aggregate'>, groups?: readonly string[]): void {
  if (groups === undefined && operand.aggregate) {
    throw new SoqlError('MALFORMED_QUERY', `Grouped query is needed for the aggregate ${operand.name}`)
  }
  if (groups !== undefined && !operand.aggregate && !groups.includes(operand.sql)) throw notGrouped(operand.name)
}

interface NamedExpression {
  readonly name: string
  readonly type: Parameters<OutputList['value']>[1]
  readonly sql: string
}

function expression(
  field: Extract<FieldType, { type: 'FieldFunctionExpression' }>,
  paths: Paths,
  groups: readonly string[],
  nextName: () => string,
): NamedExpression {
  const operand = functionOperand(field, paths)
  checkGrouped(operand, groups)
  return { name: field.alias ?? nextName(), type: operand.type, sql: operand.sql }
}

function groupedField(field: FieldType, paths: Paths, groups: readonly string[]): NamedExpression {
  const path = writtenPath(field)
  const column = paths.column(path)
  if (!groups.includes(column.sql)) throw notGrouped(path)
  return { name: fieldAlias(field) ?? column.field.name, type: column.field.type, sql: column.sql }
}

function groupSql(clause: GroupByClause, paths: Paths): string {
  if ('fn' in clause) {
    const name = clause.fn.functionName?.toUpperCase() ?? ''
    if (name === 'ROLLUP' || name === 'CUBE') throw unsupported(`GROUP BY ${name}`)
    return functionOperand(clause.fn, paths).sql
  }
  const { field, sql } = paths.column(clause.field)
  if (!field.groupable) throw new SoqlError('INVALID_FIELD', `field '${field.name}' can not be grouped in a query call`)
  return sql
}

function notGrouped(name: string): SoqlError {
  return new SoqlError('MALFORMED_QUERY', `Field must be grouped or aggregated: ${name}`)
}
