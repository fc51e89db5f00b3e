import type { Query, WhereClause } from '@jetstreamapp/soql-parser-js'
import { isText } from '../schema/types.ts'
import { type Comparison, type ConditionTree, conditionTree } from './conditions.ts'
import { SoqlError, unsupported } from './error.ts'
import { type FilterValue, filterValue } from './filter-values.ts'
import { functionOperand, isAggregate, type Operand } from './functions.ts'
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
  /** The clause it stands in: aggregates belong into HAVING alone. */
  readonly clause: 'WHERE' | 'HAVING'
  /** Compiles the inner query of a semi-join or anti-join to a list of one column. */
  readonly subquery: (query: Query) => SqlPart
}

/**
 * The SQL of a WHERE or HAVING clause. SOQL knows no third truth value: a comparison with null is simply false, and
 * `!=`, NOT IN and EXCLUDES are true for null.
 */
export function filterSql(clause: WhereClause, context: FilterContext): SqlPart {
  return treeSql(conditionTree(clause), context)
}

function treeSql(tree: ConditionTree, context: FilterContext): SqlPart {
  switch (tree.kind) {
    case 'not': {
      const inner = treeSql(tree.part, context)
      // IS TRUE turns SQL's unknown into false before it is negated.
      return { sql: `NOT ((${inner.sql}) IS TRUE)`, parameters: inner.parameters }
    }
    case 'comparison':
      return comparisonSql(tree.comparison, context)
    default: {
      const parts = tree.parts.map((part) => treeSql(part, context))
      const joint = tree.kind === 'and' ? ' AND ' : ' OR '
      return {
        sql: `(${parts.map((part) => part.sql).join(joint)})`,
        parameters: parts.flatMap((part) => part.parameters),
      }
    }
  }
}

function comparisonSql(comparison: Comparison, context: FilterContext): SqlPart {
  const operand = operandOf(comparison, context)
  const operator = comparison.operator.toUpperCase()
  if ('valueQuery' in comparison) return joinSql(operand, operator, context.subquery(comparison.valueQuery))
  const texts = [comparison.value].flat()
  const types = Array.isArray(comparison.literalType) ? comparison.literalType : []
  const kind = (index: number): string => types[index] ?? String(comparison.literalType ?? 'STRING')
  if (operator === 'LIKE') return likeSql(operand, texts[0] ?? '', kind(0))
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') return picklistSql(operand, operator, texts)
  const values = texts.map((text, index) => filterValue(operand, text, kind(index), context.now))
  if (operator === 'IN') return anyOf(values.map((value) => equalSql(operand, value)))
  if (operator === 'NOT IN') return noneOf(values.map((value) => equalSql(operand, value)))
  const [value] = values
  if (value === undefined) throw new SoqlError('MALFORMED_QUERY', `a value is missing after ${operator}`)
  return orderedSql(operand, operator, value)
}

function operandOf(comparison: Comparison, { paths, clause }: FilterContext): Operand {
  if ('fn' in comparison) {
    if (isAggregate(comparison.fn) && clause === 'WHERE') {
      throw new SoqlError('MALFORMED_QUERY', `unexpected token: '${comparison.fn.functionName ?? ''}'`)
    }
    return functionOperand(comparison.fn, paths)
  }
  const { field, sql } = paths.column(comparison.field)
  if (!field.filterable) {
    throw new SoqlError('INVALID_FIELD', `field '${field.name}' can not be filtered in a query call`)
  }
  const caseSensitive = field.caseSensitive || !isText(field)
  return { sql, type: field.type, name: comparison.field, caseSensitive, aggregate: false }
}

function equalSql(operand: Operand, value: FilterValue): SqlPart {
  if (value.kind === 'range') {
    return { sql: `(${operand.sql} >= ? AND ${operand.sql} < ?)`, parameters: [value.from, value.to] }
  }
  if (value.value === null) return { sql: `${operand.sql} IS NULL`, parameters: [] }
  return { sql: `${operand.sql} = ?${collation(operand)}`, parameters: [value.value] }
}

function orderedSql(operand: Operand, operator: string, value: FilterValue): SqlPart {
  if (operator === '=') return equalSql(operand, value)
  if (operator === '!=' || operator === '<>') return noneOf([equalSql(operand, value)])
  if (value.kind === 'range') {
    const [sign, bound] = RANGE_BOUNDS[operator]?.(value.from, value.to) ?? badOperator(operator)
    return { sql: `${operand.sql} ${sign} ?`, parameters: [bound] }
  }
  if (value.value === null || operand.type === 'boolean' || operand.type === 'multipicklist') {
    throw new SoqlError('INVALID_QUERY_FILTER_OPERATOR', `invalid operator on ${operand.name}: ${operator}`)
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

function likeSql(operand: Operand, text: string, literalType: string): SqlPart {
  const unfit = [
    'id',
    'reference',
    'multipicklist',
    'boolean',
    'int',
    'double',
    'currency',
    'percent',
    'date',
    'datetime',
  ]
  if (literalType !== 'STRING' || unfit.includes(operand.type)) {
    throw new SoqlError('INVALID_QUERY_FILTER_OPERATOR', `invalid operator on ${operand.name}: LIKE`)
  }
  return { sql: `${operand.sql} LIKE ? ESCAPE '\\'`, parameters: [likePatternOf(text)] }
}

/** `'A;B'` asks for A and B together; several values ask for any of them. */
function picklistSql(operand: Operand, operator: string, texts: readonly string[]): SqlPart {
  if (operand.type !== 'multipicklist') {
    throw new SoqlError('INVALID_QUERY_FILTER_OPERATOR', `${operator} can only be used with multi-select picklists`)
  }
  const alternatives = texts.map((text) => {
    const wanted = textOf(text).split(';')
    return {
      sql: `(${wanted.map(() => `instr(lower(';' || ${operand.sql} || ';'), lower(?)) > 0`).join(' AND ')})`,
      parameters: wanted.map((entry) => `;${entry};`),
    }
  })
  return operator === 'INCLUDES' ? anyOf(alternatives) : noneOf(alternatives)
}

function joinSql(operand: Operand, operator: string, inner: SqlPart): SqlPart {
  if (operand.type !== 'id' && operand.type !== 'reference') {
    throw new SoqlError('MALFORMED_QUERY', `The left operand '${operand.name}' cannot be used with a sub-query`)
  }
  if (operator !== 'IN' && operator !== 'NOT IN') throw unsupported(`${operator} with a sub-query`)
  const found = `${operand.sql} IN (${inner.sql})`
  return { sql: operator === 'IN' ? found : `NOT ((${found}) IS TRUE)`, parameters: inner.parameters }
}

function anyOf(parts: readonly SqlPart[]): SqlPart {
  return {
    sql: `(${parts.map((part) => part.sql).join(' OR ')})`,
    parameters: parts.flatMap((part) => part.parameters),
  }
}

function noneOf(parts: readonly SqlPart[]): SqlPart {
  const any = anyOf(parts)
  return { sql: `NOT (${any.sql} IS TRUE)`, parameters: any.parameters }
}

function collation(operand: Operand): string {
  return operand.caseSensitive ? '' : ' COLLATE NOCASE'
}

function badOperator(operator: string): never {
  throw unsupported(`the operator ${operator} with a date literal`)
}
