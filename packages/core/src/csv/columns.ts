/** A row as callers hand it in: field name -> value, parents as nested objects. */
export type InputRow = Readonly<Record<string, unknown>>

/** A nested object that stands for a parent record, told from values that happen to be objects. */
function isRelationship(value: unknown): value is InputRow {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return !(value instanceof Date) && !('toJSON' in value && typeof value.toJSON === 'function')
}

/**
 * Adds the columns of a row that are not in the set yet, in their order: its keys, and for a parent record
 * `Parent__r.Key`. The `attributes` that Salesforce puts on each record of a query are left out.
 */
export function collectColumns(row: InputRow, columns: Set<string>): void {
  for (const key of Object.keys(row)) {
    if (columns.has(key)) continue
    const value = row[key]
    if (!isRelationship(value)) columns.add(key)
    else if (key !== 'attributes') for (const inner of Object.keys(value)) columns.add(`${key}.${inner}`)
  }
}

/** Reads the value of a column from a row: its own key first, then the path through a parent record. */
export function columnValue(row: InputRow, column: string): unknown {
  const own = row[column]
  if (own !== undefined) return own
  const dot = column.indexOf('.')
  if (dot < 0) return undefined
  const parent = row[column.slice(0, dot)]
  return isRelationship(parent) ? parent[column.slice(dot + 1)] : undefined
}
