/** A row as callers hand it in: field name -> value, parents as nested objects. */
export type InputRow = Readonly<Record<string, unknown>>

/** A nested object that stands for a parent record, told from values that happen to be objects. */
function isRelationship(value: unknown): value is InputRow {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return !(value instanceof Date) && !('toJSON' in value && typeof value.toJSON === 'function')
}

/**
 * The columns of rows: their keys, and for a parent record `Parent__r.Key`. The `attributes` that Salesforce puts on each
 * record of a query, parents included, are left out. A key that has never had a value may be that of a parent record:
 * once a row tells so, the first column of that parent takes its place, so that lines which were written before stay
 * right.
 */
export class RowColumns {
  /** In the order in which they appeared. */
  readonly names: string[]
  /** Keys that are columns, whatever their values are. */
  readonly #known: Set<string>
  /** Columns without any value so far. */
  readonly #empty = new Set<string>()
  /** Parent records that have columns. */
  readonly #parents = new Set<string>()

  /** @param names - Columns that are known before any row. */
  constructor(names: readonly string[] = []) {
    this.names = [...names]
    this.#known = new Set(names)
  }

  /** Adds the columns of a row that are not there yet. */
  add(row: InputRow): void {
    for (const key of Object.keys(row)) {
      if (this.#known.has(key)) continue
      const value = row[key]
      if ((value === null || value === undefined) && !key.includes('.')) {
        if (this.#parents.has(key) || this.#empty.has(key)) continue
        this.#empty.add(key)
        this.names.push(key)
      } else if (!isRelationship(value)) this.#name(key)
      else if (key !== 'attributes') {
        for (const inner of Object.keys(value)) if (inner !== 'attributes') this.#name(`${key}.${inner}`)
      }
    }
  }

  #name(column: string): void {
    if (this.#known.has(column)) return
    this.#known.add(column)
    if (this.#empty.delete(column)) return
    const dot = column.indexOf('.')
    const parent = column.slice(0, Math.max(dot, 0))
    if (dot > 0) this.#parents.add(parent)
    if (this.#empty.delete(parent)) this.names[this.names.indexOf(parent)] = column
    else this.names.push(column)
  }
}

/**
 * Reads the value of a column from a row: its own key first, then the path through a parent record. Where there is no
 * parent (`null`), none of its columns has a value.
 */
export function columnValue(row: InputRow, column: string): unknown {
  const own = row[column]
  if (own !== undefined) return own
  const dot = column.indexOf('.')
  if (dot < 0) return undefined
  const parent = row[column.slice(0, dot)]
  if (parent === null) return null
  return isRelationship(parent) ? parent[column.slice(dot + 1)] : undefined
}
