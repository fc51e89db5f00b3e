import type { FieldType, GroupByClause, QueryBase } from '@jetstreamapp/soql-parser-js'
import { ignoresCase } from '../schema/types.ts'
import { notGrouped, SoqlError } from './error.ts'
import { fieldAlias, isFunction, writtenPath } from './field-list.ts'
import { functionOperand, groupingMark, type Operand } from './functions.ts'
import type { OutputList } from './output-list.ts'
import type { Paths } from './paths.ts'

/** What an aggregate query groups by, as SQL expressions, and the sets of them that make rows of their own. */
export interface Grouping {
  readonly groups: readonly string[]
  /** Those of the groups that are text without regard to case, whose upper and lower case are one group. */
  readonly texts: ReadonlySet<string>
  /** One set, all groups, unless ROLLUP or CUBE ask for subtotals. */
  readonly sets: readonly (readonly string[])[]
}

/**
 * Fills the field list of an aggregate query and answers what it groups by.
 * Expressions without an alias are called expr0, expr1, ... in the order in which they stand.
 *
 * @throws {@link SoqlError} for a field that is neither grouped nor aggregated.
 */
export function grouping(query: QueryBase, paths: Paths, list: OutputList): Grouping {
  const texts = new Set<string>()
  paths.clause = 'GROUP'
  const sets = groupingSets([query.groupBy ?? []].flat(), (clause) => groupSql(clause, paths, texts))
  paths.clause = ''
  const [groups = []] = sets
  let unnamed = 0
  for (const field of query.fields ?? []) {
    const { name, type, sql, localized } = isFunction(field)
      ? expression(field, paths, sets, () => `expr${unnamed++}`)
      : groupedField(field, paths, groups)
    list.value(name, type, sql, localized)
  }
  return { groups, sets, texts }
}

/**
 * Refuses LIMIT and OFFSET where the answer is one row; `SELECT COUNT()`, whose answer is a number, may have them.
 *
 * Source: SOQL and SOSL Reference, "Considerations for GROUP BY"; the words are those that users quote.
 */
export function checkLimit(query: QueryBase): void {
  if (query.groupBy !== undefined || (query.limit ?? query.offset) === undefined) return
  const clause = query.limit === undefined ? 'OFFSET' : 'LIMIT'
  const message = `Non-grouped query that uses overall aggregate functions cannot also use ${clause}`
  throw new SoqlError('MALFORMED_QUERY', message)
}

/**
 * An expression as a set of groups shows it: what the set leaves out is null, and GROUPING() tells so by a 1.
 *
 * Source: SOQL and SOSL Reference, "GROUP BY ROLLUP" and "GROUP BY CUBE".
 */
export function inGroupingSet(sql: string, set: readonly string[], groups: readonly string[]): string {
  if (groups.includes(sql) && !set.includes(sql)) return 'NULL'
  const marked = groups.find((group) => groupingMark(group) === sql)
  return marked === undefined ? sql : String(Number(!set.includes(marked)))
}

/** Most fields of ROLLUP and CUBE (SOQL and SOSL Reference, "GROUP BY ROLLUP", "GROUP BY CUBE"). */
const MAX_SUBTOTALS = 3

function groupingSets(
  clauses: readonly GroupByClause[],
  sqlOf: (clause: GroupByClause) => string,
): readonly string[][] {
  const [first] = clauses
  const call = first !== undefined && 'fn' in first ? first.fn : undefined
  const kind = call?.functionName?.toUpperCase()
  if (kind !== 'ROLLUP' && kind !== 'CUBE') return [clauses.map(sqlOf)]
  if (clauses.length > 1)
    throw new SoqlError('MALFORMED_QUERY', `GROUP BY ${kind} cannot be combined with other fields`)
  const groups = (call?.parameters ?? []).map((one) => sqlOf(typeof one === 'string' ? { field: one } : { fn: one }))
  if (groups.length > MAX_SUBTOTALS) {
    throw new SoqlError('MALFORMED_QUERY', `GROUP BY ${kind} takes up to ${MAX_SUBTOTALS} fields: ${groups.length}`)
  }
  return kind === 'ROLLUP'
    ? groups.map((_, index) => groups.slice(0, groups.length - index)).concat([[]])
    : subsets(groups)
}

/** All sets of some of the groups, the larger ones first. */
function subsets(groups: readonly string[]): string[][] {
  const sets = groups.reduce<string[][]>((found, group) => found.concat(found.map((set) => [...set, group])), [[]])
  return sets.sort((one, other) => other.length - one.length)
}

/**
 * Refuses what SQLite would run with an arbitrary answer: an aggregate in a query of records, and in an aggregate query
 * a value that is neither grouped nor aggregated.
 *
 * @param groups what the query groups by, undefined where it answers records.
 */
export function checkGrouped(
  operand: Pick<Operand, 'sql' | 'name' | 'aggregate' | 'grouping'>,
  groups?: readonly string[],
): void {
  if (groups === undefined && operand.aggregate) {
    throw new SoqlError('MALFORMED_QUERY', `Grouped query is needed for the aggregate ${operand.name}`)
  }
  if (groups !== undefined && !operand.aggregate && !groups.includes(operand.sql)) throw notGrouped(operand.name)
  if (operand.grouping && !groups?.some((group) => groupingMark(group) === operand.sql)) throw notGrouped(operand.name)
}

interface NamedExpression {
  readonly name: string
  readonly type: Parameters<OutputList['value']>[1]
  readonly sql: string
  readonly localized?: boolean | undefined
}

function expression(
  field: Extract<FieldType, { type: 'FieldFunctionExpression' }>,
  paths: Paths,
  sets: readonly (readonly string[])[],
  nextName: () => string,
): NamedExpression {
  const operand = functionOperand(field, paths)
  const [groups = []] = sets
  const ofGroup = operand.argument !== undefined && groups.includes(operand.argument.sql)
  if (ofGroup && operand.aggregate) {
    throw new SoqlError('MALFORMED_QUERY', `Grouped field should not be aggregated: ${operand.argument.field.name}`)
  }
  // A date in GROUP BY has its year in its groups too, but no subtotal has one.
  const ofGroupedDate = ofGroup && operand.argument.field.type === 'date' && sets.length === 1
  if (!ofGroupedDate) checkGrouped(operand, groups)
  const { type, sql, localized } = operand
  return { name: field.alias ?? nextName(), type, sql, localized }
}

function groupedField(field: FieldType, paths: Paths, groups: readonly string[]): NamedExpression {
  const path = writtenPath(field)
  const column = paths.column(path)
  if (!groups.includes(column.sql)) throw notGrouped(path)
  return { name: fieldAlias(field) ?? column.field.name, type: column.field.type, sql: column.sql }
}

function groupSql(clause: GroupByClause, paths: Paths, texts: Set<string>): string {
  if ('fn' in clause) {
    const { sql, caseSensitive } = functionOperand(clause.fn, paths)
    if (!caseSensitive) texts.add(sql)
    return sql
  }
  const { field, sql } = paths.column(clause.field)
  if (!field.groupable) throw new SoqlError('INVALID_FIELD', `field '${field.name}' can not be grouped in a query call`)
  if (ignoresCase(field)) texts.add(sql)
  return sql
}
