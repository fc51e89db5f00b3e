import type { ConditionalParameter, DefaultedParameter, RequiredParameter } from '../operation.ts'

export const object: RequiredParameter<'object'> = {
  kind: 'object',
  label: 'Object',
  description: 'API name of the object, such as Account or Invoice__c',
  required: true,
  placeholder: 'Account',
}

export const externalIdField: RequiredParameter<'field'> = {
  kind: 'field',
  label: 'External ID Field',
  description: 'Field marked as External ID whose value identifies the record',
  of: 'object',
  only: 'externalId',
  required: true,
  placeholder: 'External_Id__c',
}

export const externalId: RequiredParameter<'text'> = {
  kind: 'text',
  label: 'External ID',
  description: 'Value of the external ID field in the record that is meant',
  required: true,
}

const byExternalId = { when: { parameter: 'by', is: ['externalId'] } }

/** The parameters that say which record is meant: its object, then its Id or the value of an external ID. */
export const address: {
  readonly object: RequiredParameter<'object'>
  readonly by: DefaultedParameter<'choice'>
  readonly recordId: ConditionalParameter<RequiredParameter<'record-id'>>
  readonly externalIdField: ConditionalParameter<RequiredParameter<'field'>>
  readonly externalId: ConditionalParameter<RequiredParameter<'text'>>
} = {
  object,
  by: {
    kind: 'choice',
    label: 'Find Record By',
    description: 'How the record is identified',
    default: 'id',
    options: [
      { value: 'id', label: 'Record ID' },
      { value: 'externalId', label: 'External ID' },
    ],
  },
  recordId: {
    kind: 'record-id',
    label: 'Record ID',
    description: 'The 15- or 18-character Id of the record',
    of: 'object',
    required: true,
    when: { parameter: 'by', is: ['id'] },
    placeholder: '001xx000003DGb2AAG',
  },
  externalIdField: { ...externalIdField, ...byExternalId },
  externalId: { ...externalId, ...byExternalId },
}

/** The settled values of {@link address}. */
export interface Address {
  readonly by: string
  readonly recordId: string | undefined
  readonly externalIdField: string | undefined
  readonly externalId: string | undefined
}

/** What core's record methods take: an Id, or one external ID field with its value. */
export function identify(address: Address): string | Record<string, string> {
  const { by, recordId = '', externalIdField = '', externalId = '' } = address
  return by === 'externalId' ? { [externalIdField]: externalId } : recordId
}
