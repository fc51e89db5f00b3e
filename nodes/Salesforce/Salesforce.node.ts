import {
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  NodeConnectionTypes,
} from 'n8n-workflow'
import { authenticationProperty } from '../shared/authentication-property.ts'
import { searchExternalIdFields, searchFields, searchObjects, searchRecords } from '../shared/list-search.ts'
import { listFields, mapFields } from '../shared/object-fields.ts'
import { operationProperties } from '../shared/operation-properties.ts'
import { runOperation } from '../shared/run-operation.ts'

/** The action node: one entry a resource and operation of the catalogue. */
export class Salesforce implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Forcewire Salesforce',
    name: 'salesforce',
    icon: { light: 'file:../../icons/forcewire.svg', dark: 'file:../../icons/forcewire.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Read, write and bulk-load Salesforce records, with retries and results row by row',
    defaults: { name: 'Forcewire Salesforce' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [
      {
        name: 'forcewireClientCredentialsApi',
        required: true,
        displayOptions: { show: { authentication: ['clientCredentials'] } },
      },
      { name: 'forcewireJwtApi', required: true, displayOptions: { show: { authentication: ['jwt'] } } },
    ],
    properties: [authenticationProperty(), ...operationProperties()],
  }

  methods: NonNullable<INodeType['methods']> = {
    listSearch: { searchExternalIdFields, searchFields, searchObjects, searchRecords },
    loadOptions: { listFields },
    resourceMapping: { mapFields },
  }

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return runOperation(this)
  }
}
