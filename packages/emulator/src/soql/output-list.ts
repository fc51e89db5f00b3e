import type { FieldTypeOf } from '@jetstreamapp/soql-parser-js'
import { ADDRESS_PARTS } from '../schema/address-fields.ts'
import type { FieldSchema, FieldType } from '../schema/types.ts'
import type { CompiledQuery, Output, ParentOutput, ValueOutput } from './compiled-query.ts'
import { SoqlError } from './error.ts'
import { type FieldColumn, objectNameSql, type ParentNode, type Paths } from './paths.ts'

type GrowingParent = Omit<ParentOutput, 'outputs'> & { readonly outputs: Output[] }

/** Collects the columns of a field list and the shape that they take in the answer. */
export class OutputList {
  readonly outputs: Output[] = []
  readonly #columns: string[] = []
  readonly #parents: Map<string, GrowingParent> = new Map()
  readonly #typeOfs: Set<string> = new Set()
  readonly #names: Set<string> = new Set()
  readonly #paths: Paths

  constructor(paths: Paths) {
    this.#paths = paths
  }

  /** The SELECT list of the SQL statement. */
  get select(): string {
    return this.selectBy((sql) => sql)
  }

  /** The SELECT list with every expression as `rewrite` has it. */
  selectBy(rewrite: (sql: string) => string): string {
    return this.#columns.map((sql, index) => `${rewrite(sql)} AS c${index}`).join(', ')
  }

  /** Adds an SQL expression that no output shows, and answers the name of its column. */
  column(sql: string): string {
    this.#columns.push(sql)
    return `c${this.#columns.length - 1}`
  }

  /**
   * Adds a named expression.
   *
   * @throws {@link SoqlError} where the name is taken.
   */
  value(name: string, type: FieldType, sql: string, localized = false): void {
    this.#claim(name, `duplicate alias: ${name}`)
    this.outputs.push({ kind: 'value', name, type, column: this.column(sql), localized })
  }

  /**
   * Adds a field of the object or of a parent.
   *
   * @throws {@link SoqlError} where the same field stands in the list twice, or is unknown.
   */
  field(path: string, localized = false): void {
    const found = this.#paths.column(path)
    const key = [...found.relationships, found.field.name].join('.')
    this.#claim(key, `duplicate field selected: ${key}`)
    const list = found.relationships.length === 0 ? this.outputs : this.#parent(found.relationships).outputs
    const output = this.#fieldOutput(found)
    list.push(localized && output.kind === 'value' ? { ...output, localized } : output)
  }

  /**
   * Adds a polymorphic parent with fields by object, as TYPEOF asks for them.
   *
   * Source: SOQL and SOSL Reference, "TYPEOF".
   *
   * @throws {@link SoqlError} where the reference is of one object, or the field list has the parent or a field of it.
   */
  typeOf({ field, conditions }: FieldTypeOf): void {
    const { node, sql, relationships } = this.#paths.column(`${field}.Id`)
    if ('alias' in node && !node.polymorphic) {
      throw new SoqlError('MALFORMED_QUERY', `TYPEOF expects a polymorphic relationship: ${field}`)
    }
    const name = relationships.at(-1) ?? field
    this.#claim(name, `duplicate relationship selected: ${name}`)
    this.#typeOfs.add(relationships.join('.'))
    if (this.#parents.has(relationships.join('.'))) throw besideTypeOf(name)
    const branches = conditions.map(({ objectType, fieldList }) => {
      const branch = objectType === undefined ? node : this.#paths.narrowed(node, objectType)
      const outputs = fieldList.map((path) => this.#fieldOutput(this.#paths.columnOf(branch, path)))
      return { object: objectType === undefined ? undefined : branch.objects[0]?.name, outputs }
    })
    this.outputs.push({
      kind: 'typeof',
      name,
      id: this.column(sql),
      object: this.column(objectNameSql(node)),
      branches,
    })
  }

  /** Adds the records of a child relationship. */
  children(name: string, query: CompiledQuery): void {
    this.#claim(name, `duplicate relationship selected: ${name}`)
    this.outputs.push({ kind: 'children', name, query })
  }

  #claim(name: string, complaint: string): void {
    if (this.#names.has(name)) throw new SoqlError('MALFORMED_QUERY', complaint)
    this.#names.add(name)
  }

  #fieldOutput({ field, sql, node }: FieldColumn): Output {
    if (field.type === 'address') return { kind: 'compound', name: field.name, parts: this.#addressParts(field, node) }
    const value = field.type === 'base64' ? this.#blobPathSql(field, sql, node) : sql
    return { kind: 'value', name: field.name, type: field.type, column: this.column(value) }
  }

  /** A query shows where the bytes are, from the object's name on; where there is a record with bytes. */
  #blobPathSql(field: FieldSchema, sql: string, node: ParentNode): string {
    const path = `${objectNameSql(node)} || '/' || ${this.#paths.stored(node, 'Id')} || '/${field.name}'`
    return `CASE WHEN ${sql} IS NOT NULL THEN ${path} END`
  }

  #addressParts(field: FieldSchema, node: ParentNode): ValueOutput[] {
    const prefix = field.name.slice(0, -'Address'.length)
    return ADDRESS_PARTS.map((part) => ({
      kind: 'value',
      name: part.charAt(0).toLowerCase() + part.slice(1),
      type: part === 'Latitude' || part === 'Longitude' ? 'double' : 'string',
      column: this.column(this.#paths.stored(node, `${prefix}${part}`)),
    }))
  }

  #parent(relationships: readonly string[]): GrowingParent {
    const key = relationships.join('.')
    if (this.#typeOfs.has(key)) throw besideTypeOf(key)
    const known = this.#parents.get(key)
    if (known !== undefined) return known
    const list = relationships.length === 1 ? this.outputs : this.#parent(relationships.slice(0, -1)).outputs
    const { node, sql } = this.#paths.column(`${key}.Id`)
    const parent: GrowingParent = {
      kind: 'parent',
      name: relationships.at(-1) ?? '',
      id: this.column(sql),
      object: this.column(objectNameSql(node)),
      outputs: [],
    }
    this.#parents.set(key, parent)
    list.push(parent)
    return parent
  }
}

function besideTypeOf(name: string): SoqlError {
  return new SoqlError('MALFORMED_QUERY', `A relationship in TYPEOF cannot stand elsewhere in the field list: ${name}`)
}
