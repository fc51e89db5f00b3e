import type { ReportColumn } from './columns.ts'
import { badFilter } from './errors.ts'

/** A filter on one column, as `reportMetadata.reportFilters` carries it. */
export interface ReportFilter {
  readonly column: string
  readonly operator: string
  readonly value: string
}

const COMPARISONS: Readonly<Record<string, string>> = {
  equals: '=',
  notEqual: '!=',
  lessThan: '<',
  greaterThan: '>',
  lessOrEqual: '<=',
  greaterOrEqual: '>=',
}
const LIKE: Readonly<Record<string, (text: string) => string>> = {
  contains: (text) => `LIKE '%${text}%'`,
  startsWith: (text) => `LIKE '${text}%'`,
}
const UNQUOTED: ReadonlySet<string> = new Set(['int', 'double', 'currency', 'percent', 'boolean', 'date', 'datetime'])

/** The SOQL condition of a filter (Reports and Dashboards REST API Developer Guide, "Filter Reports on Demand"). */
export function filterCondition(columns: readonly ReportColumn[], filter: ReportFilter): string {
  const column = columns.find(({ name }) => name === filter.column)
  if (!column) throw badFilter(`The filter column ${filter.column} is not a column of the report`)
  const value = String(filter.value)
  const text = value.replace(/['\\]/g, '\\$&')
  const like = LIKE[filter.operator]
  if (like) return `${column.path} ${like(text.replace(/[%_]/g, '\\$&'))}`
  if (filter.operator === 'notContain') return `(NOT ${column.path} ${LIKE.contains?.(text)})`
  const comparison = COMPARISONS[filter.operator]
  if (!comparison) throw badFilter(`The filter operator ${filter.operator} is not valid`)
  return `${column.path} ${comparison} ${literal(column, value, text)}`
}

function literal({ field }: ReportColumn, value: string, text: string): string {
  if (value === '') return 'NULL'
  if (!UNQUOTED.has(field.type)) return `'${text}'`
  // Anything but one plain value would change the condition instead of being compared with.
  if (/^[\w.:+-]+$/.test(value)) return value
  throw badFilter(`The filter value ${value} is not valid for a column of type ${field.type}`)
}
