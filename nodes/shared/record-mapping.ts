import type { Operation, Row } from '@forcewire/operations'
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow'
import { parameterName } from './parameter-name.ts'

const name = 'record'

/** The resource mapper in which the fields of the one record of a call are given: the item's own, or field by field. */
export function recordProperty(operation: Operation): INodeProperties {
  const objectName = parameterName(operation, 'object')
  return {
    displayName: 'Fields',
    name,
    type: 'resourceMapper',
    noDataExpression: true,
    description: 'Which fields to send',
    default: { mappingMode: 'autoMapInputData', value: null },
    required: true,
    typeOptions: {
      loadOptionsDependsOn: [`${objectName}.value`, 'operation'],
      resourceMapper: {
        resourceMapperMethod: 'mapFields',
        mode: 'add',
        valuesLabel: 'Fields to send',
        fieldWords: { singular: 'field', plural: 'fields' },
        addAllFields: false,
        supportAutoMap: true,
        noFieldsError: 'The object has no field that this user may write',
        hideNoDataError: true,
      },
    },
  }
}

/** What n8n stores for a resource mapper. */
interface Mapping {
  readonly mappingMode?: string
  readonly value?: Readonly<Record<string, unknown>> | null
}

/**
 * The record of one call: the item's JSON as it is, or the fields given in the panel. A field that was added to the
 * panel and left empty is not sent; to empty a field in Salesforce, map automatically and give it `null`.
 */
export function mappedRecord(context: IExecuteFunctions, itemIndex: number): Row {
  const mapping = context.getNodeParameter(name, itemIndex, {}) as Mapping
  if (mapping.mappingMode !== 'defineBelow') return context.getInputData()[itemIndex]?.json ?? {}
  return Object.fromEntries(
    Object.entries(mapping.value ?? {}).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  )
}
