import { checkedName, checkedObject, readable } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { SObjectDescribe } from '../sobject/describe.ts'
import { checkedFields, membersOf, type RecordFields } from '../sobject/record-body.ts'

/** A record that is to be created, with the records below it. */
export interface TreeNode {
  /** API name of its object. */
  readonly type: string
  readonly fields: RecordFields
  /** Child records by the name of their relationship. */
  readonly children: ReadonlyMap<string, readonly TreeNode[]>
}

/** Salesforce's limits of one call ("sObject Tree" of the REST API guide). */
export const mostRecords = 200
const mostLevels = 5
export const mostTypes = 5

/** Reads nested records: child records are a list under the name of their relationship, or `{ records: [...] }`. */
export class TreeReader {
  readonly #object: string
  readonly #describe: (object: string) => Promise<SObjectDescribe>
  readonly #describes = new Map<string, Promise<SObjectDescribe>>()

  /** `describe` is asked for the objects of child records that do not say it themselves. */
  constructor(object: string, describe: (object: string) => Promise<SObjectDescribe>) {
    this.#object = object
    this.#describe = describe
  }

  /** @throws ConfigurationError for a record that is none, or a tree that no call can hold. */
  async read(record: unknown, index: number): Promise<TreeNode> {
    const path = `${this.#object}[${index}]`
    const given = checkedRecord(record, path)
    const type = givenType(given, path)
    if (type !== undefined && type.toLowerCase() !== this.#object.toLowerCase()) {
      throw new ConfigurationError(`The record ${index} is one of ${type}, but the tree is of ${this.#object}.`)
    }
    const root = await this.#node(given, this.#object, path, 1)
    const { length } = nodesOf(root)
    if (length > mostRecords) {
      throw new ConfigurationError(
        `The tree of the record ${index} has ${length} records, but a call takes ${mostRecords}; create the lower ones afterwards.`,
      )
    }
    const types = typesOf(root).size
    if (types <= mostTypes) return root
    throw new ConfigurationError(
      `The tree of the record ${index} is of ${types} objects, but a call takes ${mostTypes}.`,
    )
  }

  async #node(record: object, type: string, path: string, level: number): Promise<TreeNode> {
    if (level > mostLevels) {
      throw new ConfigurationError(`${path} is on level ${level} of its tree, but a tree has ${mostLevels} at most.`)
    }
    const fields: Record<string, unknown> = {}
    const children = new Map<string, readonly TreeNode[]>()
    for (const [name, value] of Object.entries(record)) {
      if (name === 'attributes') continue
      const list = childRecords(`${path}.${name}`, value)
      if (list === undefined) {
        // A query gives `null` for children that are not there.
        if (value !== null || (await this.#childType(type, name)) === undefined) fields[name] = value
        continue
      }
      checkedName(`The name of a relationship of ${path}`, name)
      if (list.length > 0) children.set(name, await this.#children(list, type, name, `${path}.${name}`, level))
    }
    return { type, fields: checkedFields(path, fields), children }
  }

  #children(
    list: readonly unknown[],
    parent: string,
    relationship: string,
    path: string,
    level: number,
  ): Promise<TreeNode[]> {
    return Promise.all(
      list.map(async (child, index) => {
        const childPath = `${path}[${index}]`
        const given = checkedRecord(child, childPath)
        const type = givenType(given, childPath) ?? (await this.#childType(parent, relationship))
        if (type !== undefined) return this.#node(given, type, childPath, level + 1)
        throw new ConfigurationError(
          `${parent} has no child relationship ${relationship}; use its name in describe, or give the child records attributes: { type }.`,
        )
      }),
    )
  }

  async #childType(parent: string, relationship: string): Promise<string | undefined> {
    const described = this.#describes.get(parent) ?? this.#describe(parent)
    this.#describes.set(parent, described)
    const { childRelationships } = await described
    const wanted = relationship.toLowerCase()
    return childRelationships.find(({ relationshipName }) => relationshipName?.toLowerCase() === wanted)?.childSObject
  }
}

/** A record and all below it, each before its children. */
export function nodesOf(node: TreeNode): TreeNode[] {
  return [node, ...[...node.children.values()].flat().flatMap(nodesOf)]
}

/** The objects in a tree. */
export function typesOf(node: TreeNode): Set<string> {
  return new Set(nodesOf(node).map(({ type }) => type.toLowerCase()))
}

function checkedRecord(record: unknown, path: string): RecordFields {
  return readable(path, () => ({ ...membersOf(path, record) }))
}

function givenType(record: RecordFields, path: string): string | undefined {
  const { type } = checkedObject(`${path}.attributes`, record.attributes ?? {}, 'an object such as { type }')
  return type === undefined ? undefined : checkedName(`${path}.attributes.type`, type)
}

/** No field of Salesforce holds a list. */
function childRecords(path: string, value: unknown): readonly unknown[] | undefined {
  return readable(path, () => {
    const list = Array.isArray(value) ? value : (value as { readonly records?: unknown } | null | undefined)?.records
    return Array.isArray(list) ? [...list] : undefined
  })
}
