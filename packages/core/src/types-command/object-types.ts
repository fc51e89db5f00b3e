import type { FieldDescribe, SObjectDescribe } from '../sobject/describe.ts'
import { docComment } from './doc-comment.ts'
import { fieldComment } from './field-comment.ts'
import { quoted, readType, writeType } from './field-type.ts'
import { externalIdFields, keyName, keyType, type RelatedObjects } from './related-objects.ts'

/**
 * The declarations of one object: `AccountFields` (what a record holds), `Account` (also what it is related to, as
 * queries read it), `AccountUpdate` and `AccountCreate` (what may be written), and `AccountKey` where it has external IDs.
 */
export function objectTypes(object: SObjectDescribe, related: RelatedObjects): string[] {
  const { name, label, fields } = object
  const keys = keyType(object)
  const readable = fields.map((field) => member(field, readType(field)))
  const changeable = written(
    object,
    related,
    fields.filter(({ updateable }) => updateable),
    () => false,
  )
  // What may be changed comes from the type of the changes, unless a new record cannot do without it.
  const onCreate = fields.filter((field) => field.createable && (!field.updateable || isRequired(field)))
  const createable = written(object, related, onCreate, isRequired)
  return [
    block(`Fields of ${titled(object)}.`, `interface ${name}Fields`, readable),
    block(
      `A record of ${titled(object)}, with the records around it where a query asks for them.`,
      `interface ${name} extends ${name}Fields`,
      related.members(object),
    ),
    block(`Fields of ${label} that may be changed.`, `interface ${name}Update`, changeable),
    block(
      `Fields of ${label} that may be given when it is created. No reference is required, since a parent may also be ` +
        'named by its external ID, or by the place in a tree.',
      `interface ${name}Create extends ${changesFromTheStart(object)}`,
      createable,
    ),
    ...(keys === undefined
      ? []
      : [`${docComment('', `Names one ${label} by an external ID.`)}\nexport type ${keyName(name)} = ${keys}`]),
  ]
}

/** The entry of one object in the map that `new Salesforce<Org>()` takes. */
export function mapEntry(object: SObjectDescribe, related: RelatedObjects): string {
  const { name, label } = object
  const ids =
    externalIdFields(object)
      .map((field) => quoted(field.name))
      .join(' | ') || 'never'
  const children = related.children(object).map((list) => `${list.relationship}: ${quoted(list.object)}`)
  return [
    docComment('  ', label),
    `  ${name}: {`,
    `    record: ${name}Fields`,
    `    create: ${name}Create`,
    `    update: ${name}Update`,
    `    externalIds: ${ids}`,
    ...(children.length === 0 ? [] : [`    children: { ${children.join('; ')} }`]),
    '  }',
  ].join('\n')
}

/**
 * Salesforce refuses a record without such a field. Check boxes are false when nothing is said, whatever describe
 * tells of a default.
 */
function isRequired({ type, createable, nillable, defaultedOnCreate }: FieldDescribe): boolean {
  return createable && !nillable && !defaultedOnCreate && type !== 'boolean' && type !== 'reference'
}

/** What may be changed may nearly always be given at once too; the exceptions are taken out. */
function changesFromTheStart({ name, fields }: SObjectDescribe): string {
  const later = fields.filter((field) => field.updateable && !field.createable).map((field) => quoted(field.name))
  return later.length === 0 ? `${name}Update` : `Omit<${name}Update, ${later.join(' | ')}>`
}

function written(
  { name }: SObjectDescribe,
  related: RelatedObjects,
  fields: readonly FieldDescribe[],
  required: (field: FieldDescribe) => boolean,
): string[] {
  return fields.flatMap((field) => {
    const type = writeType(field)
    // A picklist of all countries is written out once only.
    const short = type.length > 40 && type === readType(field) ? `${name}Fields[${quoted(field.name)}]` : type
    const parent = related.parentByExternalId(field)
    return [member(field, short, required(field) ? '' : '?'), ...(parent === undefined ? [] : [parent])]
  })
}

function member(field: FieldDescribe, type: string, mark: '' | '?' = ''): string {
  return `${fieldComment(field)}\n  ${field.name}${mark}: ${type}`
}

function block(comment: string, head: string, members: readonly string[]): string {
  const body = members.length === 0 ? '{}' : `{\n${members.join('\n')}\n}`
  return `${docComment('', comment)}\nexport ${head} ${body}`
}

function titled({ name, label }: SObjectDescribe): string {
  return label === name ? name : `${label} (${name})`
}
