import type { ChildRelationship, FieldSchema, ObjectSchema } from './types.ts'

interface IndexedObject {
  readonly schema: ObjectSchema
  readonly fields: ReadonlyMap<string, FieldSchema>
  readonly parents: ReadonlyMap<string, FieldSchema>
}

/** The objects of one org. Every lookup by name ignores case, as Salesforce does. */
export class OrgSchema {
  /** All objects in the order they were given. */
  readonly objects: readonly ObjectSchema[]
  readonly #byName: Map<string, IndexedObject> = new Map()
  readonly #byPrefix: Map<string, ObjectSchema> = new Map()
  readonly #children: Map<string, ChildRelationship[]> = new Map()

  constructor(objects: readonly ObjectSchema[]) {
    this.objects = objects
    for (const schema of objects) {
      this.#byName.set(schema.name.toLowerCase(), index(schema))
      this.#byPrefix.set(schema.keyPrefix, schema)
    }
    for (const schema of objects) this.#indexChildren(schema)
  }

  /** The object of that name in any case, or undefined. */
  object(name: string): ObjectSchema | undefined {
    return this.#byName.get(name.toLowerCase())?.schema
  }

  /** The object whose Ids begin with the first three characters of `id`, or undefined. */
  objectOfId(id: string): ObjectSchema | undefined {
    return this.#byPrefix.get(id.slice(0, 3))
  }

  /** The field of that name in any case, or undefined when the object or the field is unknown. */
  field(objectName: string, fieldName: string): FieldSchema | undefined {
    return this.#byName.get(objectName.toLowerCase())?.fields.get(fieldName.toLowerCase())
  }

  /** The reference field behind a parent path step (`Owner`, `Parent__r`), or undefined. */
  parentField(objectName: string, relationshipName: string): FieldSchema | undefined {
    return this.#byName.get(objectName.toLowerCase())?.parents.get(relationshipName.toLowerCase())
  }

  /** Every reference that points at the object, in the order of the objects and their fields. */
  childRelationships(objectName: string): readonly ChildRelationship[] {
    return this.#children.get(objectName.toLowerCase()) ?? []
  }

  /** The child relationship of that name (`Contacts`) on a parent object, or undefined. */
  childRelationship(objectName: string, relationshipName: string): ChildRelationship | undefined {
    const wanted = relationshipName.toLowerCase()
    return this.childRelationships(objectName).find((child) => child.relationshipName?.toLowerCase() === wanted)
  }

  #indexChildren(schema: ObjectSchema): void {
    for (const field of schema.fields) {
      for (const parent of field.referenceTo) {
        const list = this.#children.get(parent.toLowerCase()) ?? []
        list.push({
          childSObject: schema.name,
          field: field.name,
          relationshipName: field.childRelationshipName,
          cascadeDelete: field.cascadeDelete,
        })
        this.#children.set(parent.toLowerCase(), list)
      }
    }
  }
}

function index(schema: ObjectSchema): IndexedObject {
  const fields = new Map<string, FieldSchema>()
  const parents = new Map<string, FieldSchema>()
  for (const field of schema.fields) {
    fields.set(field.name.toLowerCase(), field)
    if (field.relationshipName) parents.set(field.relationshipName.toLowerCase(), field)
  }
  return { schema, fields, parents }
}
