import { RecordError } from '../errors.ts'
import type { OrgSchema } from '../schema/org-schema.ts'
import type { ObjectSchema } from '../schema/types.ts'
import { ForeignKey, type RecordInput } from './field-input.ts'
import { bytesFromJson, fromJson } from './from-json.ts'

/**
 * Reads the JSON body of a create or update into {@link RecordInput}.
 * Names ignore case; `attributes` is skipped; a nested object on a relationship name (`"Parent": {"External_Id__c": "x"}`)
 * names the parent by external id. Throws {@link RecordError} for unknown columns and unsuitable values.
 */
export function fromJsonRecord(
  schema: OrgSchema,
  object: ObjectSchema,
  body: Readonly<Record<string, unknown>>,
): RecordInput {
  const input: RecordInput = {}
  for (const [name, value] of Object.entries(body)) {
    if (name === 'attributes') continue
    const field = schema.field(object.name, name)
    if (field && field.type !== 'address') {
      input[field.name] = field.type === 'base64' ? bytesFromJson(field, value) : fromJson(field, value)
      continue
    }
    const reference = schema.parentField(object.name, name)
    if (!reference) throw noSuchColumn(name, object)
    input[reference.name] = parentByExternalId(schema, reference.referenceTo, name, value)
  }
  return input
}

/** The refusal of a field name that the object does not have. */
export function noSuchColumn(name: string, object: ObjectSchema): RecordError {
  return new RecordError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`)
}

function parentByExternalId(
  schema: OrgSchema,
  referenceTo: readonly string[],
  relationshipName: string,
  value: unknown,
): ForeignKey | null {
  if (value === null) return null
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new RecordError(
      'JSON_PARSER_ERROR',
      `The value provided for foreign key reference ${relationshipName} is not a nested SObject`,
    )
  }
  const { attributes, ...keys } = value as Record<string, unknown>
  const object = parentObject(schema, referenceTo, attributes)
  const entries = Object.entries(keys)
  const [name, key] = entries[0] ?? ['', null]
  const field = schema.field(object.name, name)
  if (entries.length !== 1 || !field?.idLookup) {
    throw new RecordError(
      'INVALID_FIELD',
      entries.length === 1
        ? `Field name provided, ${name} does not match an External ID, Salesforce Id, or indexed field for ${object.name}`
        : `Exactly one external ID field is expected in ${relationshipName}`,
    )
  }
  return new ForeignKey(object.name, field.name, fromJson(field, key))
}

function parentObject(schema: OrgSchema, referenceTo: readonly string[], attributes: unknown): ObjectSchema {
  if (referenceTo.length > 1 && !attributes) {
    throw new RecordError(
      'JSON_PARSER_ERROR',
      'Nested object for polymorphic foreign key must have an attributes field before any other fields.',
      [],
    )
  }
  const type = (attributes as { type?: unknown } | undefined)?.type ?? referenceTo[0]
  const object = schema.object(String(type))
  if (!object || !referenceTo.includes(object.name)) {
    throw new RecordError('INVALID_TYPE', `sObject type '${String(type)}' is not supported.`)
  }
  return object
}
