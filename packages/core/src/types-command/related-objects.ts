import type { FieldDescribe, SObjectDescribe } from '../sobject/describe.ts'
import { docComment } from './doc-comment.ts'
import { quoted, valueType } from './field-type.ts'

/** A list of child records that an object's records hold under the name of the relationship. */
interface ChildList {
  readonly relationship: string
  readonly object: string
}

/** Relationships between the objects that are written; the others of an org stay out. */
export class RelatedObjects {
  readonly #objects: ReadonlyMap<string, SObjectDescribe>

  constructor(objects: readonly SObjectDescribe[]) {
    this.#objects = new Map(objects.map((object) => [object.name, object]))
  }

  /** Child lists of an object whose records are of a known object. */
  children({ fields, childRelationships }: SObjectDescribe): ChildList[] {
    const taken = new Set(fields.flatMap((field) => [field.name, field.relationshipName ?? '']))
    const lists: ChildList[] = []
    for (const { relationshipName, childSObject } of childRelationships) {
      if (relationshipName === null || taken.has(relationshipName) || !this.#objects.has(childSObject)) continue
      taken.add(relationshipName)
      lists.push({ relationship: relationshipName, object: childSObject })
    }
    return lists
  }

  /** Members of a record that hold related records. */
  members(object: SObjectDescribe): string[] {
    const attributes = docComment('  ', 'Object and address of the record; absent in results of bulk jobs.')
    const members = [`${attributes}\n  attributes?: { type: ${quoted(object.name)}; url: string }`]
    for (const field of object.fields) {
      const type = this.#parentType(field)
      if (type === undefined) continue
      members.push(
        `${docComment('  ', `The record that ${field.name} names.`)}\n  ${field.relationshipName}?: ${type} | null`,
      )
    }
    for (const { relationship, object: child } of this.children(object)) {
      members.push(
        `${docComment('  ', 'Child records; null where there is none.')}\n  ${relationship}?: ChildRecords<${child}> | null`,
      )
    }
    return members
  }

  /** The member that names a parent by an external ID instead of by its Id. */
  parentByExternalId({ relationshipName, referenceTo }: FieldDescribe): string | undefined {
    const parent = referenceTo.length === 1 ? this.#objects.get(referenceTo[0] ?? '') : undefined
    if (relationshipName === null || parent === undefined || keyType(parent) === undefined) return undefined
    return `${docComment('  ', `The ${parent.label}, named by an external ID.`)}\n  ${relationshipName}?: ${keyName(parent.name)}`
  }

  #parentType({ relationshipName, referenceTo }: FieldDescribe): string | undefined {
    const known = referenceTo.filter((name) => this.#objects.has(name))
    if (relationshipName === null || known.length === 0) return undefined
    return [...known, ...(known.length < referenceTo.length ? ['OtherRecord'] : [])].join(' | ')
  }
}

/**
 * Fields that may name a record in upsert: external IDs, and what Salesforce calls `idLookup` (an e-mail). The Id itself
 * is no external ID.
 */
export function externalIdFields({ fields }: SObjectDescribe): FieldDescribe[] {
  return fields.filter((field) => (field.externalId || field.idLookup) && field.name !== 'Id')
}

/** Name of the type that names a record of an object by an external ID. */
export function keyName(object: string): string {
  return `${object}Key`
}

/** One member for each external ID; undefined for an object that has none but its Id. */
export function keyType(object: SObjectDescribe): string | undefined {
  const ids = externalIdFields(object)
  if (ids.length === 0) return undefined
  return ids.map((field) => `{ ${field.name}: ${valueType(field)} }`).join(' | ')
}
