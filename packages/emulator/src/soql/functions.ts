import { ignoringCaseSql } from '../records/fold-case.ts'
import { type FieldType, ignoresCase } from '../schema/types.ts'
import { distanceOperand } from './distance.ts'
import { SoqlError, unsupported } from './error.ts'
import type { FieldColumn, Paths } from './paths.ts'

/** A function as the parser library gives it: in a field list, a filter, GROUP BY or ORDER BY. */
export interface FunctionCall {
  readonly functionName?: string
  readonly parameters?: readonly (string | FunctionCall)[]
  readonly rawValue?: string
}

/** Something that can be selected, compared or sorted by. */
export interface Operand {
  readonly sql: string
  readonly type: FieldType
  /** What the query calls it, for messages. */
  readonly name: string
  readonly caseSensitive: boolean
  readonly aggregate: boolean
  /** True for GROUPING(), which says something about groups only. */
  readonly grouping?: boolean
  /** True for what FORMAT() shows as text in the user's way of writing. */
  readonly localized?: boolean
  /** The column that an aggregate or a date function reads. */
  readonly argument?: FieldColumn
}

/** Date functions on a stored date or datetime; the org's time zone is UTC, its fiscal year the calendar year. */
const DATE_FUNCTIONS: Readonly<Record<string, (value: string) => string>> = {
  CALENDAR_YEAR: (value) => integer('%Y', value),
  CALENDAR_QUARTER: quarter,
  CALENDAR_MONTH: (value) => integer('%m', value),
  FISCAL_YEAR: (value) => integer('%Y', value),
  FISCAL_QUARTER: quarter,
  FISCAL_MONTH: (value) => integer('%m', value),
  DAY_IN_YEAR: (value) => integer('%j', value),
  DAY_IN_MONTH: (value) => integer('%d', value),
  DAY_IN_WEEK: (value) => `${integer('%w', value)} + 1`,
  HOUR_IN_DAY: (value) => integer('%H', value),
  WEEK_IN_MONTH: (value) => `(${integer('%d', value)} + 6) / 7`,
  WEEK_IN_YEAR: (value) => `(${integer('%j', value)} + 6) / 7`,
  DAY_ONLY: (value) => `substr(${value}, 1, 10)`,
}

/** What a date has no use for (SOQL and SOSL Reference, "Date Functions"). */
const DATETIME_ONLY: ReadonlySet<string> = new Set(['DAY_ONLY', 'HOUR_IN_DAY'])

const NUMBERS: ReadonlySet<FieldType> = new Set(['int', 'double', 'currency', 'percent'])

/** True for COUNT, COUNT_DISTINCT, SUM, AVG, MIN and MAX. */
export function isAggregate(call: FunctionCall): boolean {
  return AGGREGATES.has(call.functionName?.toUpperCase() ?? '')
}

/**
 * The operand of a function call.
 *
 * @throws {@link SoqlError} for a field the function cannot take, and by name for functions the emulator does not run.
 */
export function functionOperand(call: FunctionCall, paths: Paths): Operand {
  const name = call.functionName?.toUpperCase() ?? ''
  if (AGGREGATES.has(name)) return aggregateOperand(name, call, paths)
  if (name === 'DISTANCE') return distanceOperand(call, paths)
  if (name === 'GROUPING') return groupingOperand(call, paths)
  if (isPassing(call)) return passedOperand(call, paths)
  const dateFunction = DATE_FUNCTIONS[name]
  if (dateFunction === undefined) throw unsupported(`the function ${call.functionName ?? ''}()`)
  const column = paths.column(dateArgument(call))
  if (column.field.type !== 'datetime' && (column.field.type !== 'date' || DATETIME_ONLY.has(name))) {
    throw new SoqlError('INVALID_FIELD', `field ${column.field.name} does not support date function ${name}`)
  }
  const type = name === 'DAY_ONLY' ? 'date' : 'int'
  return {
    sql: `(${dateFunction(column.sql)})`,
    type,
    name: call.rawValue ?? name,
    caseSensitive: true,
    aggregate: false,
    argument: column,
  }
}

/** Functions that change how a value is shown and not the value: the org has one currency and one language. */
const PASSING: ReadonlySet<string> = new Set(['TOLABEL', 'CONVERTCURRENCY', 'FORMAT'])

/** True for toLabel(), convertCurrency() and FORMAT(). */
export function isPassing(call: FunctionCall): boolean {
  return PASSING.has(call.functionName?.toUpperCase() ?? '')
}

function passedOperand(call: FunctionCall, paths: Paths): Operand {
  const [argument] = call.parameters ?? []
  const localized = call.functionName?.toUpperCase() === 'FORMAT'
  if (typeof argument === 'object') {
    const inner = functionOperand(argument, paths)
    return localized ? { ...inner, localized } : inner
  }
  if (argument === undefined) throw new SoqlError('MALFORMED_QUERY', `a field is missing in ${call.functionName}()`)
  const { field, sql } = paths.column(argument)
  const caseSensitive = !ignoresCase(field)
  return { sql, type: field.type, name: argument, caseSensitive, aggregate: false, localized }
}

/** The mark that a grouping set replaces with 0 or 1. */
export function groupingMark(sql: string): string {
  return `GROUPING(${sql})`
}

function groupingOperand(call: FunctionCall, paths: Paths): Operand {
  const [argument] = call.parameters ?? []
  if (typeof argument !== 'string') throw new SoqlError('MALFORMED_QUERY', 'GROUPING() expects one field')
  const { sql } = paths.column(argument)
  const name = call.rawValue ?? 'GROUPING'
  return { sql: groupingMark(sql), type: 'int', name, caseSensitive: true, aggregate: true, grouping: true }
}

const AGGREGATES: ReadonlySet<string> = new Set(['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX'])

function aggregateOperand(name: string, call: FunctionCall, paths: Paths): Operand {
  const [argument] = call.parameters ?? []
  const described = { name: call.rawValue ?? name, caseSensitive: true, aggregate: true }
  // SOQL and SOSL Reference, "COUNT()": only `SELECT COUNT() FROM ...` has none.
  if (argument === undefined) {
    const rule = name === 'COUNT' ? 'COUNT() must be the only element of the field list' : `${name}() expects one field`
    throw new SoqlError('MALFORMED_QUERY', rule)
  }
  if (call.parameters?.length !== 1 || typeof argument !== 'string') {
    throw new SoqlError('MALFORMED_QUERY', `${call.rawValue ?? name} expects one field`)
  }
  const column = paths.column(argument)
  const { field, sql } = column
  const summing = name === 'SUM' || name === 'AVG'
  if (!field.aggregatable || (summing && !NUMBERS.has(field.type))) {
    throw new SoqlError('MALFORMED_QUERY', `field ${field.name} does not support aggregate operator ${name}`)
  }
  const read = { ...described, argument: column }
  if (name === 'COUNT') return { ...read, sql: `COUNT(${sql})`, type: 'int' }
  if (name === 'COUNT_DISTINCT') {
    return { ...read, sql: `COUNT(DISTINCT ${ignoresCase(field) ? ignoringCaseSql(sql) : sql})`, type: 'int' }
  }
  return { ...read, sql: `${name}(${sql})`, type: summing ? 'double' : field.type }
}

function dateArgument(call: FunctionCall): string {
  const [argument] = call.parameters ?? []
  if (typeof argument === 'string') return argument
  // convertTimezone() changes nothing here: the org's users live in UTC.
  if (argument?.functionName?.toUpperCase() === 'CONVERTTIMEZONE') return dateArgument(argument)
  throw unsupported(call.rawValue ?? 'a nested function')
}

function integer(format: string, value: string): string {
  return `CAST(strftime('${format}', ${value}) AS INTEGER)`
}

function quarter(value: string): string {
  return `(${integer('%m', value)} + 2) / 3`
}
