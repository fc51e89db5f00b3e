import {
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  type IPollFunctions,
  NodeConnectionTypes,
} from 'n8n-workflow'
import { authenticationProperty } from '../shared/authentication-property.ts'
import { bulkTriggerProperties } from '../shared/bulk-trigger-properties.ts'
import { searchObjects } from '../shared/list-search.ts'
import { pollBulkJobs } from '../shared/poll-bulk-jobs.ts'

/** Starts a workflow when a bulk job has finished, whoever started the job. */
export class SalesforceBulkTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Forcewire Salesforce Bulk Trigger',
    name: 'salesforceBulkTrigger',
    icon: { light: 'file:../../icons/forcewire.svg', dark: 'file:../../icons/forcewire.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle:
      '={{ { all: "any bulk job", ingest: "ingest jobs", query: "query jobs" }[$parameter["kind"]] + " finished" }}',
    description: 'Starts the workflow when a Bulk API 2.0 job has finished, with its counts and failed rows',
    defaults: { name: 'Forcewire Salesforce Bulk Trigger' },
    polling: true,
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [
      {
        name: 'forcewireClientCredentialsApi',
        required: true,
        displayOptions: { show: { authentication: ['clientCredentials'] } },
      },
      { name: 'forcewireJwtApi', required: true, displayOptions: { show: { authentication: ['jwt'] } } },
    ],
    properties: [authenticationProperty(), ...bulkTriggerProperties()],
  }

  methods: NonNullable<INodeType['methods']> = { listSearch: { searchObjects } }

  async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
    return pollBulkJobs(this)
  }
}
