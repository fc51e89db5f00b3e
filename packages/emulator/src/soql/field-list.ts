import type { FieldFunctionExpression, FieldType, QueryBase } from '@jetstreamapp/soql-parser-js'
import { SoqlError, unsupported } from './error.ts'
import { isAggregate } from './functions.ts'
import type { OutputList } from './output-list.ts'
import type { Paths } from './paths.ts'

/** Most records of a query with FIELDS(ALL) or FIELDS(CUSTOM) (SOQL and SOSL Reference, "FIELDS()"). */
const MAX_FIELDS_LIMIT = 200

/** A parsed field other than a sub-query, as it was written without its alias. */
export function writtenPath(field: FieldType): string {
  if (field.type === 'Field') return 'rawValue' in field ? String(field.rawValue) : field.field
  if (field.type === 'FieldRelationship') return field.rawValue ?? [...field.relationships, field.field].join('.')
  throw unsupported(field.type === 'FieldTypeof' ? 'TYPEOF' : field.type)
}

/** The alias of a plain field, undefined where it has none. */
export function fieldAlias(field: FieldType): string | undefined {
  return 'alias' in field ? field.alias : undefined
}

/** True where the query answers AggregateResult rows: it groups, or its field list aggregates. */
export function isAggregateQuery(query: QueryBase): boolean {
  return query.groupBy !== undefined || (query.fields ?? []).some((field) => isFunction(field) && isAggregate(field))
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
 * Adds the function of a record query's field list: FIELDS() and toLabel(). Picklist labels equal their values in every
 * object of the emulator, so toLabel() is the value itself.
 *
 * @throws {@link SoqlError} by name for functions that the emulator does not run.
 */
export function addFunction(call: FieldFunctionExpression, query: QueryBase, paths: Paths, list: OutputList): void {
  const name = call.functionName.toUpperCase()
  const [argument] = call.parameters ?? []
  if (typeof argument !== 'string') throw unsupported(call.rawValue ?? call.functionName)
  if (name === 'FIELDS') {
    addFields(argument.toUpperCase(), query, paths, list)
  } else if (name !== 'TOLABEL') {
    throw unsupported(`the function ${call.functionName}()`)
  } else if (call.alias === undefined) {
    list.field(argument)
  } else {
    const { field, sql } = paths.column(argument)
    list.value(call.alias, field.type, sql)
  }
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
