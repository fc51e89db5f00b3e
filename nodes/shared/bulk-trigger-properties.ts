import type { INodeProperties } from 'n8n-workflow'

/** The parameter panel of the bulk trigger. */
export function bulkTriggerProperties(): INodeProperties[] {
  return [kind, object, startFrom, hours, options]
}

const kind: INodeProperties = {
  displayName: 'Job Type',
  name: 'kind',
  type: 'options',
  options: [
    { name: 'Any', value: 'all', description: 'Loads and extracts' },
    { name: 'Ingest', value: 'ingest', description: 'Jobs that load records' },
    { name: 'Query', value: 'query', description: 'Jobs that extract records' },
  ],
  default: 'ingest',
  description: 'Which bulk jobs to watch; jobs of other users and tools count too',
}

const object: INodeProperties = {
  displayName: 'Object',
  name: 'object',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  description: 'Only jobs on this object; leave empty for every object',
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      typeOptions: { searchListMethod: 'searchObjects', searchable: true },
    },
    { displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. Account' },
  ],
}

const startFrom: INodeProperties = {
  displayName: 'Start From',
  name: 'startFrom',
  type: 'options',
  options: [
    { name: 'Last Hours', value: 'hours', description: 'Also report jobs that finished shortly before the activation' },
    { name: 'Now', value: 'now', description: 'Only report jobs that finish after the activation' },
  ],
  default: 'now',
  description: 'Which jobs the first poll after the activation reports',
}

const hours: INodeProperties = {
  displayName: 'Hours',
  name: 'hours',
  type: 'number',
  typeOptions: { minValue: 1, maxValue: 168 },
  default: 24,
  description: 'How many hours back the first poll looks; Salesforce keeps bulk jobs for seven days',
  displayOptions: { show: { startFrom: ['hours'] } },
}

const options: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: [
    {
      displayName: 'Failed Rows',
      name: 'failureLimit',
      type: 'number',
      typeOptions: { minValue: 0 },
      default: 1000,
      description: 'How many failed rows of each job to pass on; all of them are counted',
    },
  ],
}
