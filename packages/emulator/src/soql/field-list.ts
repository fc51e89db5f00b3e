import type { FieldFunctionExpression, FieldType, QueryBase } from '@jetstreamapp/soql-parser-js'
import { notGrouped, SoqlError } from './error.ts'
import { type FunctionCall, functionOperand, isAggregate, isPassing } from './functions.ts'
import type { OutputList } from './output-list.ts'
import type { Paths } from './paths.ts'

/** Most records of a query with FIELDS(ALL) or FIELDS(CUSTOM) (SOQL and SOSL Reference, "FIELDS()"). */
const MAX_FIELDS_LIMIT = 200

/** A parsed field other than a sub-query, as it was written without its alias. */
export function writtenPath(field: FieldType): string {
  if (field.type === 'Field') return 'rawValue' in field ? String(field.rawValue) : field.field
  if (field.type === 'FieldRelationship') return field.rawValue ?? [...field.relationships, field.field].join('.')
  const what = field.type === 'FieldTypeof' ? 'TYPEOF' : 'A query of children'
  throw new SoqlError(
    'MALFORMED_QUERY',
    `${what} cannot stand in a query that aggregates or groups, nor in a semi-join`,
  )
}

/** The alias of a plain field, undefined where it has none. */
export function fieldAlias(field: FieldType): string | undefined {
  return 'alias' in field ? field.alias : undefined
}

/** True where the query answers AggregateResult rows: it groups, or its field list aggregates. */
export function isAggregateQuery(query: QueryBase): boolean {
  return query.groupBy !== undefined || (query.fields ?? []).some((field) => isFunction(field) && aggregates(field))
}

/** True for an aggregate and for FORMAT() of one. */
function aggregates(call: FunctionCall): boolean {
  const [argument] = call.parameters ?? []
  return isAggregate(call) || (typeof argument === 'object' && aggregates(argument))
}

/** True for `SELECT COUNT() FROM ...`, whose answer is its totalSize. */
export function isCountQuery(query: QueryBase): boolean {
  const [field] = query.fields ?? []
  if (query.fields?.length !== 1 || field === undefined || !isFunction(field)) return false
  return field.functionName.toUpperCase() === 'COUNT' && (field.parameters?.length ?? 0) === 0
}

/** Narrows a field of a list to a function call. */
export function isFunction(field: FieldType): field is FieldFunctionExpression {
  return field.type === 'FieldFunctionExpression'
}

/**
 * Adds the function of a record query's field list. toLabel(), convertCurrency() and FORMAT() without an alias stand in
 * the place of their field; any other function is called by its alias, or expr0.
 *
 * Source: SOQL and SOSL Reference, "Date Functions": in a field list they need GROUP BY.
 *
 * @throws {@link SoqlError} by name for functions that the emulator does not run.
 */
export function addFunction(call: FieldFunctionExpression, query: QueryBase, paths: Paths, list: OutputList): void {
  if (call.functionName.toUpperCase() === 'FIELDS') {
    addFields(String(call.parameters?.[0] ?? '').toUpperCase(), query, paths, list)
    return
  }
  const { sql, type, name, aggregate, localized = false, argument } = functionOperand(call, paths)
  if (aggregate) throw new SoqlError('MALFORMED_QUERY', `Grouped query is needed for the aggregate ${name}`)
  if (argument !== undefined) throw notGrouped(name)
  const path = call.alias === undefined && isPassing(call) ? innermostField(call) : undefined
  if (path === undefined) list.value(call.alias ?? 'expr0', type, sql, localized)
  else list.field(path, localized)
}

function innermostField(call: FunctionCall): string | undefined {
  const [argument] = call.parameters ?? []
  return typeof argument === 'object' ? innermostField(argument) : argument
}

function addFields(which: string, query: QueryBase, paths: Paths, list: OutputList): void {
  if (which !== 'STANDARD' && (query.limit === undefined || query.limit > MAX_FIELDS_LIMIT)) {
    const message = `The SOQL FIELDS function must have a LIMIT of at most ${MAX_FIELDS_LIMIT}`
    throw new SoqlError('MALFORMED_QUERY', message)
  }
  for (const field of paths.object.fields) {
    if (which === 'ALL' || (which === 'CUSTOM') === field.custom) list.field(field.name)
  }
}
