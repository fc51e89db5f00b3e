import { InvalidOption } from '../invalid-option.ts'
import type { OrgSchema } from './org-schema.ts'
import type { FieldSchema, ObjectSchema } from './types.ts'

/** Where a path from an object (`Owner.Name`) leads: the field, and what was passed on the way. */
export interface FieldPath {
  readonly field: FieldSchema
  /** The references on the way, each with the object that it leads to (the first one, where it may lead to several). */
  readonly parents: readonly { readonly relationshipName: string; readonly object: ObjectSchema }[]
}

/** Follows a path of a definition. Throws where the schema has no such field: a mistake of whoever defined `definition`. */
export function fieldPath(schema: OrgSchema, objectName: string, path: string, definition: string): FieldPath {
  const steps = path.split('.')
  const last = steps.pop() ?? ''
  let owner = objectName
  const parents = steps.map((relationshipName) => {
    const reference = schema.parentField(owner, relationshipName)
    const object = schema.object(reference?.referenceTo[0] ?? '')
    if (!object) throw new InvalidOption('metadata', `${definition}: ${owner} has no parent ${relationshipName}`)
    owner = object.name
    return { relationshipName, object }
  })
  const field = schema.field(owner, last)
  if (!field) throw new InvalidOption('metadata', `${definition}: ${owner} has no field ${last}`)
  return { field, parents }
}
