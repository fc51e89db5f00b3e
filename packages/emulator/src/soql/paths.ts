import { text } from '../schema/fields.ts'
import type { OrgSchema } from '../schema/org-schema.ts'
import type { FieldSchema, ObjectSchema } from '../schema/types.ts'
import { SoqlError } from './error.ts'
import { locate } from './locate.ts'

/** A field reached from the object of the query, ready for use in SQL. */
export interface FieldColumn {
  readonly field: FieldSchema
  /** SQL expression for the stored value; empty for a compound field, which has none of its own. */
  readonly sql: string
  /** Relationship names in the schema's spelling, outermost first. */
  readonly relationships: readonly string[]
  readonly node: ParentNode
}

/** The object of the query or a parent of it. */
export type ParentNode = JoinedNode | LookedUpNode

/** One object, whose table is part of the FROM clause. */
interface JoinedNode {
  readonly objects: readonly [ObjectSchema]
  readonly alias: string
  /** True where the reference may be to other objects too, which are not in this org. */
  readonly polymorphic: boolean
}

/**
 * A parent by a polymorphic reference: any of several objects, as its key prefix tells. Its fields are looked up one by
 * one, since SQLite joins 64 tables at most and an Id of an activity may be of more.
 */
interface LookedUpNode {
  readonly objects: readonly ObjectSchema[]
  /** SQL of the parent's Id. */
  readonly id: string
}

/**
 * Fields that every polymorphic parent has, being a Name, whatever its object has; `Type` is the name of the object
 * (Object Reference, "Name"; SOQL and SOSL Reference, "Polymorphic Relationships").
 */
const NAME_FIELDS: readonly FieldSchema[] = [
  text('Type', 'Type', 40),
  text('Alias', 'Alias', 8),
  text('Email', 'Email', 80),
  text('FirstName', 'First Name', 40),
  text('LastName', 'Last Name', 80),
  text('Phone', 'Phone', 40),
  text('Title', 'Title', 128),
  text('Username', 'Username', 80),
]

/** Fields of a Name beside those: what the parent's object has of them. */
const OTHER_NAME_FIELDS: ReadonlySet<string> = new Set([
  'id',
  'isactive',
  'lastreferenceddate',
  'lastvieweddate',
  'middlename',
  'name',
  'nameoralias',
  'profileid',
  'recordtypeid',
  'suffix',
  'userroleid',
])
/** What a Name is related to. */
const NAME_RELATIONSHIPS: ReadonlySet<string> = new Set(['profile', 'userrole'])

/** Longest chain of parents, SOQL and SOSL Reference, "Understanding Relationship Query Limitations". */
const MAX_PARENT_LEVELS = 5

/** Names that a query gives the object in FROM, and parents of it: their paths by name in lower case. */
export interface Aliases {
  readonly sObjectAlias?: string | undefined
  readonly parents?: ReadonlyMap<string, string>
}

/**
 * Resolves field paths of one query level (`Name`, `c.Name`, `Owner.Manager.Name`) against the schema, and collects the
 * joins that they need. Names ignore case; every join is made once.
 */
export class Paths {
  readonly object: ObjectSchema
  readonly root: ParentNode
  /** The word that begins the clause being read: a refusal points at the name there, or at its first place where absent. */
  clause = ''
  readonly #schema: OrgSchema
  readonly #soql: string
  readonly #prefixes: ReadonlySet<string>
  readonly #parents: ReadonlyMap<string, string>
  readonly #nodes: Map<string, ParentNode> = new Map()
  readonly #joins: string[] = []
  #aliases = 1

  constructor(schema: OrgSchema, object: ObjectSchema, soql: string, { sObjectAlias, parents = new Map() }: Aliases) {
    this.object = object
    this.root = { objects: [object], alias: 't0', polymorphic: false }
    this.#schema = schema
    this.#soql = soql
    this.#parents = parents
    this.#prefixes = new Set([object.name.toLowerCase(), (sObjectAlias ?? object.name).toLowerCase()])
  }

  /** The FROM clause with every join asked for so far. */
  get from(): string {
    return [`${quoted(this.object.name)} AS t0`, ...this.#joins].join(' ')
  }

  /**
   * The column behind a path.
   *
   * @throws {@link SoqlError} INVALID_FIELD for an unknown field or relationship.
   */
  column(path: string): FieldColumn {
    const steps = path.split('.')
    const name = steps.pop() ?? ''
    const { node, relationships } = this.#walk(this.#withoutPrefix(steps), path)
    return { ...this.#columnAt(node, name, path), relationships }
  }

  /** The column of a field of a node already walked to. */
  columnOf(node: ParentNode, name: string): FieldColumn {
    return { ...this.#columnAt(node, name, name), relationships: [] }
  }

  /** One object of a polymorphic parent. */
  narrowed(node: ParentNode, objectName: string): ParentNode {
    const object = node.objects.find(({ name }) => name.toLowerCase() === objectName.toLowerCase())
    if (object !== undefined) return { ...node, objects: [object] }
    const known = this.#schema.object(objectName) !== undefined
    const message = known
      ? `${objectName} is no type that the relationship refers to`
      : `sObject type '${objectName}' is not supported.`
    throw this.#refuse(objectName, 'INVALID_TYPE', message)
  }

  #columnAt(node: ParentNode, name: string, path: string): Omit<FieldColumn, 'relationships'> {
    const shared =
      node.objects.length > 1 ? NAME_FIELDS.find((one) => one.name.toLowerCase() === name.toLowerCase()) : undefined
    if (shared?.name === 'Type') return { field: shared, sql: objectNameSql(node), node }
    const hidden = node.objects.length > 1 && shared === undefined && !OTHER_NAME_FIELDS.has(name.toLowerCase())
    const field = hidden ? undefined : this.#fieldOf(node, name)
    if (field !== undefined) return { field, sql: this.#expression(node, field.name), node }
    if (shared !== undefined) return { field: shared, sql: 'NULL', node }
    throw this.#noSuchColumn(name, node, path)
  }

  /** The SQL expression of a stored field of a node already walked to. */
  stored(node: ParentNode, fieldName: string): string {
    return this.#expression(node, fieldName)
  }

  #withoutPrefix(steps: string[]): string[] {
    const [first] = steps
    const parent = first === undefined ? undefined : this.#parents.get(first.toLowerCase())
    if (parent !== undefined) return this.#withoutPrefix([...parent.split('.'), ...steps.slice(1)])
    if (first === undefined || !this.#prefixes.has(first.toLowerCase())) return steps
    return this.#schema.parentField(this.object.name, first) === undefined ? steps.slice(1) : steps
  }

  #walk(steps: readonly string[], path: string): { node: ParentNode; relationships: string[] } {
    if (steps.length > MAX_PARENT_LEVELS) {
      throw this.#refuse(path, 'INVALID_FIELD', `SOQL relationship depth cannot exceed ${MAX_PARENT_LEVELS} levels`)
    }
    let node = this.root
    const relationships: string[] = []
    for (const step of steps) {
      const reference = this.#referenceOf(node, step)
      if (reference === undefined) throw this.#noRelationship(step, node, path)
      relationships.push(reference.relationshipName ?? step)
      node = this.#join(node, reference, relationships.join('.'))
    }
    return { node, relationships }
  }

  #referenceOf(node: ParentNode, name: string): FieldSchema | undefined {
    if (node.objects.length > 1 && !NAME_RELATIONSHIPS.has(name.toLowerCase())) return undefined
    for (const object of node.objects) {
      const reference = this.#schema.parentField(object.name, name)
      if (reference !== undefined) return reference
    }
    return undefined
  }

  #join(from: ParentNode, reference: FieldSchema, key: string): ParentNode {
    const known = this.#nodes.get(key)
    if (known !== undefined) return known
    const id = this.#expression(from, reference.name)
    const objects = reference.referenceTo.map((name) => this.#schema.object(name)).filter((one) => one !== undefined)
    const [object, ...others] = objects
    const polymorphic = reference.referenceTo.length > 1
    const node = object === undefined || others.length > 0 ? { objects, id } : this.#joined(object, id, polymorphic)
    this.#nodes.set(key, node)
    return node
  }

  #joined(object: ObjectSchema, id: string, polymorphic: boolean): JoinedNode {
    const alias = `t${this.#aliases++}`
    this.#joins.push(`LEFT JOIN ${quoted(object.name)} AS ${alias} ON ${alias}."Id" = ${id}`)
    return { objects: [object], alias, polymorphic }
  }

  #fieldOf(node: ParentNode, name: string): FieldSchema | undefined {
    for (const object of node.objects) {
      const field = this.#schema.field(object.name, name)
      if (field !== undefined) return field
    }
    return undefined
  }

  #expression(node: ParentNode, fieldName: string): string {
    const objects = node.objects.filter(({ name }) => this.#schema.field(name, fieldName) !== undefined)
    if (objects.length === 0) return 'NULL'
    return 'alias' in node
      ? `${node.alias}.${quoted(fieldName)}`
      : lookedUpSql({ ...node, objects }, () => quoted(fieldName))
  }

  #noSuchColumn(name: string, node: ParentNode, path: string): SoqlError {
    const message =
      `No such column '${name}' on entity '${entityOf(node)}'. If you are attempting to use a custom field, be sure to ` +
      `append the '__c' after the custom field name. Please reference your WSDL or the describe call for the ` +
      'appropriate names.'
    return this.#refuse(path, 'INVALID_FIELD', message)
  }

  #noRelationship(step: string, node: ParentNode, path: string): SoqlError {
    const message =
      `Didn't understand relationship '${step}' in field path. If you are attempting to use a custom relationship, ` +
      `be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe ` +
      `call for the appropriate names. (entity '${entityOf(node)}')`
    return this.#refuse(path, 'INVALID_FIELD', message)
  }

  #refuse(path: string, errorCode: string, message: string): SoqlError {
    const offset = locate(this.#soql, path, this.clause || undefined) ?? locate(this.#soql, path)
    return offset === undefined
      ? new SoqlError(errorCode, message)
      : SoqlError.at(this.#soql, offset, errorCode, message)
  }
}

/** What a path stands on: of a parent that may be of several objects one sees the object Name only. */
function entityOf({ objects }: ParentNode): string {
  return objects.length === 1 ? (objects[0]?.name ?? '') : 'Name'
}

/** SQL for the name of the object that a parent record is of, null where there is no parent. */
export function objectNameSql(node: ParentNode): string {
  if (!('alias' in node)) return lookedUpSql(node, ({ name }) => `'${name}'`)
  return `CASE WHEN ${node.alias}."Id" IS NOT NULL THEN '${node.objects[0].name}' END`
}

/** SQL of what the parent's record has, by its object; null where there is no record. */
function lookedUpSql({ objects, id }: LookedUpNode, sqlOf: (object: ObjectSchema) => string): string {
  const cases = objects.map((object) => {
    const lookup = `SELECT ${sqlOf(object)} FROM ${quoted(object.name)} WHERE "Id" = ${id}`
    return `WHEN '${object.keyPrefix}' THEN (${lookup})`
  })
  return `CASE substr(${id}, 1, 3) ${cases.join(' ')} END`
}

/** A name as an SQL identifier. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
