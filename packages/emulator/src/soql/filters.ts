import type { Query } from '@jetstreamapp/soql-parser-js'
import { foldedEqualSql, needsFold } from '../records/fold-case.ts'
import { type FieldType, ignoresCase } from '../schema/types.ts'
import type { Comparison, ConditionTree } from './conditions.ts'
import { SoqlError, unsupported } from './error.ts'
import { type FilterValue, filterValue } from './filter-values.ts'
import { functionOperand, type Operand } from './functions.ts'
import { checkGrouped } from './grouping.ts'
import { likePatternOf, textOf } from './literals.ts'
import type { Paths } from './paths.ts'

/** A piece of SQL with the values bound to its question marks, in order. */
export interface SqlPart {
  readonly sql: string
  readonly parameters: readonly (string | number | null)[]
}

/** What a filter needs to know around it. */
export interface FilterContext {
  readonly paths: Paths
  /** Milliseconds since the epoch. */
  readonly now: number
  /**
   * What the query groups by, as SQL, and how a set of those groups shows an expression: undefined in WHERE, where every
   * field may stand and no aggregate.
   */
  readonly grouped: { readonly groups: readonly string[]; readonly shown: (sql: string) => string } | undefined
  /** Compiles the inner query of a semi-join or anti-join, whose left side is the path, to a list of one column. */
  readonly subquery: (query: Query, left: string) => SqlPart
}

/**
 * The SQL of a WHERE or HAVING clause. SOQL knows no third truth value: a comparison with null is simply false, and
 * `!=`, NOT IN and EXCLUDES are true for null.
 */
export function filterSql(tree: ConditionTree, context: FilterContext): SqlPart {
  switch (tree.kind) {
    case 'not':
      return negated(filterSql(tree.part, context))
    case 'comparison':
      return comparisonSql(tree.comparison, context)
    default:
      return joined(
        tree.parts.map((part) => filterSql(part, context)),
        tree.kind === 'and' ? 'AND' : 'OR',
      )
  }
}

function comparisonSql(comparison: Comparison, context: FilterContext): SqlPart {
  const operand = operandOf(comparison, context)
  const operator = comparison.operator.toUpperCase()
  if ('valueQuery' in comparison)
    return joinSql(operand, operator, () => context.subquery(comparison.valueQuery, operand.name))
  const texts = [comparison.value].flat()
  const types = Array.isArray(comparison.literalType) ? comparison.literalType : []
  const kind = (index: number): string => types[index] ?? String(comparison.literalType ?? 'STRING')
  if (operator === 'LIKE') return likeSql(operand, texts[0] ?? '', kind(0))
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') return picklistSql(operand, operator, texts)
  const values = texts.map((text, index) => filterValue(operand, text, kind(index), context.now))
  if (operator === 'IN') return listSql(operand, values)
  if (operator === 'NOT IN') return negated(listSql(operand, values))
  const [value] = values
  if (value === undefined) throw new SoqlError('MALFORMED_QUERY', `a value is missing after ${operator}`)
  return orderedSql(operand, operator, value)
}

function operandOf(comparison: Comparison, { paths, grouped }: FilterContext): Operand {
  const operand = 'fn' in comparison ? functionOperand(comparison.fn, paths) : fieldOperand(comparison.field, paths)
  checkGrouped(operand, grouped?.groups)
  return grouped === undefined ? operand : { ...operand, sql: grouped.shown(operand.sql) }
}

function fieldOperand(path: string, paths: Paths): Operand {
  const { field, sql } = paths.column(path)
  if (!field.filterable || field.type === 'address') {
    throw new SoqlError('INVALID_FIELD', `field '${field.name}' can not be filtered in a query call`)
  }
  return { sql, type: field.type, name: path, caseSensitive: !ignoresCase(field), aggregate: false }
}

function equalSql(operand: Operand, value: FilterValue): SqlPart {
  if (value.kind === 'range') {
    return { sql: `(${operand.sql} >= ? AND ${operand.sql} < ?)`, parameters: [value.from, value.to] }
  }
  if (value.value === null) {
    // A checkbox is never empty: null stands for false (SOQL and SOSL Reference, "null").
    return { sql: operand.type === 'boolean' ? `${operand.sql} = 0` : `${operand.sql} IS NULL`, parameters: [] }
  }
  if (folds(operand, value.value)) return { sql: foldedEqualSql(operand.sql), parameters: [value.value.toLowerCase()] }
  return { sql: `${operand.sql} = ?${collation(operand)}`, parameters: [value.value] }
}

function orderedSql(operand: Operand, operator: string, value: FilterValue): SqlPart {
  if (operator === '=') return equalSql(operand, value)
  if (operator === '!=' || operator === '<>') return negated(equalSql(operand, value))
  if (value.kind === 'range') {
    const [sign, bound] = RANGE_BOUNDS[operator]?.(value.from, value.to) ?? badOperator(operator)
    return { sql: `${operand.sql} ${sign} ?`, parameters: [bound] }
  }
  if (value.value === null || operand.type === 'boolean' || operand.type === 'multipicklist') {
    throw new SoqlError('INVALID_QUERY_FILTER_OPERATOR', `invalid operator on ${operand.name}: ${operator}`)
  }
  if (folds(operand, value.value)) {
    return { sql: `fold(${operand.sql}) ${operator} ?`, parameters: [value.value.toLowerCase()] }
  }
  return { sql: `${operand.sql} ${operator} ?${collation(operand)}`, parameters: [value.value] }
}

type Bound = (from: string, to: string) => readonly [sign: string, bound: string]
const RANGE_BOUNDS: Readonly<Record<string, Bound>> = {
  '<': (from) => ['<', from],
  '<=': (_, to) => ['<', to],
  '>': (_, to) => ['>=', to],
  '>=': (from) => ['>=', from],
}

const LIKE_TYPES: ReadonlySet<FieldType> = new Set(['string', 'textarea', 'phone', 'url', 'email', 'picklist'])

function likeSql(operand: Operand, text: string, literalType: string): SqlPart {
  if (literalType !== 'STRING' || !LIKE_TYPES.has(operand.type)) {
    throw new SoqlError('INVALID_QUERY_FILTER_OPERATOR', `invalid operator on ${operand.name}: LIKE`)
  }
  const pattern = likePatternOf(text)
  const folded = folds(operand, pattern)
  return {
    sql: `${folded ? `fold(${operand.sql})` : operand.sql} LIKE ? ESCAPE '\\'`,
    parameters: [folded ? pattern.toLowerCase() : pattern],
  }
}

/** `'A;B'` asks for A and B together; several values ask for any of them. */
function picklistSql(operand: Operand, operator: string, texts: readonly string[]): SqlPart {
  if (operand.type !== 'multipicklist') {
    throw new SoqlError('INVALID_QUERY_FILTER_OPERATOR', `${operator} can only be used with multi-select picklists`)
  }
  const alternatives = texts.map((text) => {
    const wanted = textOf(text).toLowerCase().split(';')
    return {
      sql: `(${wanted.map(() => `instr(fold(';' || ${operand.sql} || ';'), ?) > 0`).join(' AND ')})`,
      parameters: wanted.map((entry) => `;${entry};`),
    }
  })
  const any = joined(alternatives, 'OR')
  return operator === 'INCLUDES' ? any : negated(any)
}

function joinSql(operand: Operand, operator: string, subquery: () => SqlPart): SqlPart {
  if (operand.type !== 'id' && operand.type !== 'reference') {
    throw new SoqlError('MALFORMED_QUERY', `The left operand '${operand.name}' cannot be used with a sub-query`)
  }
  if (operator !== 'IN' && operator !== 'NOT IN') throw unsupported(`${operator} with a sub-query`)
  const inner = subquery()
  const found = { sql: `${operand.sql} IN (${inner.sql})`, parameters: inner.parameters }
  return operator === 'IN' ? found : negated(found)
}

/** The values are bound as one: a list may have more of them than a statement of SQLite may bind. */
const IN_LIST = 'IN (SELECT value FROM json_each(?))'

/** Membership in a list: plain values as one list, null and date ranges beside it. */
function listSql(operand: Operand, values: readonly FilterValue[]): SqlPart {
  const plain = values.flatMap((value) => (value.kind === 'value' && value.value !== null ? [value.value] : []))
  const others = values.filter((value) => value.kind === 'range' || value.value === null)
  const parts = others.map((value) => equalSql(operand, value))
  const folded = plain.filter((value) => folds(operand, value)).map((value) => value.toLowerCase())
  const exact = plain.filter((value) => !folds(operand, value))
  if (folded.length > 0) {
    parts.unshift({ sql: foldedEqualSql(operand.sql, IN_LIST), parameters: [JSON.stringify(folded)] })
  }
  if (exact.length > 0) {
    parts.unshift({ sql: `${operand.sql}${collation(operand)} ${IN_LIST}`, parameters: [JSON.stringify(exact)] })
  }
  return joined(parts, 'OR')
}

/** IS TRUE turns SQL's unknown into false before it is negated. */
function negated(part: SqlPart): SqlPart {
  return { sql: `NOT ((${part.sql}) IS TRUE)`, parameters: part.parameters }
}

/** Parts joined as a balanced tree: SQLite refuses expressions that are more than a thousand levels deep. */
function joined(parts: readonly SqlPart[], joint: 'AND' | 'OR'): SqlPart {
  const [first] = parts
  if (parts.length === 1 && first !== undefined) return first
  const middle = Math.ceil(parts.length / 2)
  const left = joined(parts.slice(0, middle), joint)
  const right = joined(parts.slice(middle), joint)
  return { sql: `(${left.sql} ${joint} ${right.sql})`, parameters: [...left.parameters, ...right.parameters] }
}

/** True where SQLite alone would take the letters of the value for others than those in the other case. */
function folds(operand: Operand, value: string | number | null): value is string {
  return !operand.caseSensitive && needsFold(value)
}

function collation(operand: Operand): string {
  return operand.caseSensitive ? '' : ' COLLATE NOCASE'
}

function badOperator(operator: string): never {
  throw unsupported(`the operator ${operator} with a date literal`)
}
