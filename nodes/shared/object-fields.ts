import type { Salesforce } from '@forcewire/core/portable'
import type {
  FieldType,
  ILoadOptionsFunctions,
  INodePropertyOptions,
  ResourceMapperField,
  ResourceMapperFields,
} from 'n8n-workflow'
import { chosenObject, withClient } from './with-client.ts'

type Describe = Awaited<ReturnType<ReturnType<Salesforce['sobject']>['describe']>>
type Field = Describe['fields'][number]

/** The fields of the chosen object as options of a field list. */
export async function listFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  return withClient(this, async (salesforce) => {
    const { fields } = await salesforce.sobject(chosenObject(this)).describe()
    return fields
      .map(({ name, label }) => ({ name: `${label} (${name})`, value: name }))
      .sort((a, b) => a.name.localeCompare(b.name))
  })
}

/** The fields of the chosen object that this user may write, for the resource mapper; required ones are shown at once. */
export async function mapFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
  const creates = this.getCurrentNodeParameter('operation') !== 'update'
  return withClient(this, async (salesforce) => {
    const { fields } = await salesforce.sobject(chosenObject(this)).describe()
    const writable = fields.filter(({ createable, updateable }) => (creates ? createable : updateable))
    return { fields: writable.map((field) => mapperField(field, creates)) }
  })
}

function mapperField(field: Field, creates: boolean): ResourceMapperField {
  const required = creates && !field.nillable && !field.defaultedOnCreate && field.type !== 'boolean'
  const options = (field.picklistValues ?? [])
    .filter(({ active }) => active)
    .map(({ value, label }) => ({ name: label ?? value, value }))
  return {
    id: field.name,
    displayName: `${field.label} (${field.name})`,
    type: options.length > 0 && field.type === 'picklist' ? 'options' : (types[field.type] ?? 'string'),
    required,
    display: true,
    defaultMatch: false,
    canBeUsedToMatch: false,
    ...(options.length > 0 && field.type === 'picklist' ? { options } : {}),
  }
}

/** Salesforce's field types that are not text in JSON. Dates stay text, so that n8n does not add a time zone to them. */
const types: Readonly<Record<string, FieldType>> = {
  boolean: 'boolean',
  currency: 'number',
  double: 'number',
  int: 'number',
  long: 'number',
  percent: 'number',
}
