import { type Operation, operation } from '../operation.ts'

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
  },
  rows: 'none',
  example: {
    parameters: {
      soql: "SELECT External_Id__c, Name FROM Account WHERE External_Id__c LIKE 'DEMO-000%' ORDER BY External_Id__c",
    },
  },
  async *run({ salesforce, signal, progress }, { soql, wait, includeDeleted }) {
    const job = salesforce.bulk.query(soql, { includeDeleted }, { signal })
    if (progress !== undefined) job.on('progress', progress)
    if (wait) yield* job
    else {
      const { id, state, object } = await job.job()
      yield { jobId: id, state, object, operation: includeDeleted ? 'queryAll' : 'query' }
    }
  },
})
