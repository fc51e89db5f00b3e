import type { Parameter } from '../operation.ts'

export const object = {
  kind: 'object',
  label: 'Object',
  description: 'API name of the object, such as Account or Invoice__c',
  required: true,
  placeholder: 'Account',
} as const satisfies Parameter

export const externalIdField = {
  kind: 'field',
  label: 'External ID Field',
  description: 'Field marked as External ID whose value identifies the record',
  of: 'object',
  only: 'externalId',
  required: true,
  placeholder: 'External_Id__c',
} as const satisfies Parameter

export const externalId = {
  kind: 'text',
  label: 'External ID',
  description: 'Value of the external ID field in the record that is meant',
  required: true,
} as const satisfies Parameter

const byExternalId = { when: { parameter: 'by', is: ['externalId'] } } as const

/** The parameters that say which record is meant: its object, then its Id or the value of an external ID. */
export const address = {
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
} as const satisfies Record<string, Parameter>

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
