import { type Operation, operation } from '../operation.ts'

const waiting = { when: { parameter: 'wait', is: [true] } } as const

export const query: Operation = operation({
  id: 'bulk.query',
  label: 'Query',
  action: 'Extract many records by a bulk job',
  description:
    'Runs a SOQL query as a Bulk API 2.0 job and streams its records, or starts the job and leaves the rest to a trigger.',
  documentation: 'https://developer.salesforce.com/docs/platform/api-asynch/guide/queries.html',
  parameters: {
    soql: {
      kind: 'soql',
      label: 'SOQL',
      description: 'The query; bulk jobs take no GROUP BY, OFFSET, TYPEOF or child sub-queries',
      required: true,
      placeholder: 'SELECT Id, Name FROM Account',
    },
    wait: {
      kind: 'flag',
      label: 'Wait for Completion',
      description: 'Whether to wait for the records; otherwise the result is the started job',
      default: true,
    },
    includeDeleted: {
      kind: 'flag',
      label: 'Include Deleted',
      description: 'Whether to return deleted and archived records too',
      default: false,
      advanced: true,
    },
    values: {
      kind: 'choice',
      label: 'Values',
      description: 'How values are returned; empty fields are null in both',
      default: 'typed',
      options: [
        { value: 'text', label: 'Text', description: 'Every value as the text that Salesforce wrote' },
        { value: 'typed', label: 'Typed', description: 'Numbers and checkboxes by their type, all else as text' },
      ],
      advanced: true,
      ...waiting,
    },
    idRanges: {
      kind: 'flag',
      label: 'Split by ID Ranges',
      description: 'Whether to run several jobs over ranges of record IDs, for a query that takes Salesforce too long',
      default: false,
      advanced: true,
      ...waiting,
    },
  },
  rows: 'none',
  example: {
    parameters: {
      soql: "SELECT External_Id__c, Name FROM Account WHERE External_Id__c LIKE 'DEMO-000%' ORDER BY External_Id__c",
    },
  },
  async *run({ salesforce, signal, progress }, { soql, wait, includeDeleted, values, idRanges }) {
    const job = salesforce.bulk.query(
      soql,
      { includeDeleted, values: values as 'typed' | undefined, idRanges },
      { signal },
    )
    if (progress !== undefined) job.on('progress', progress)
    if (wait) yield* job
    else {
      const { id, state, object } = await job.job()
      yield { jobId: id, state, object, operation: includeDeleted ? 'queryAll' : 'query' }
    }
  },
})
