import { type Operation, operation } from '../operation.ts'
import { jobId, jobKind } from './job-address.ts'

export const getJob: Operation = operation({
  id: 'bulk.getJob',
  label: 'Get Job',
  action: 'Get a bulk job',
  description: 'Reads the state and the counters of a bulk job.',
  documentation: 'https://developer.salesforce.com/docs/platform/api-asynch/guide/get-job-info.html',
  parameters: { kind: jobKind, jobId },
  rows: 'none',
  single: true,
  example: { parameters: { kind: 'ingest', jobId: '{{ingestJobId}}' }, volatile: ['*'] },
  async *run({ salesforce, signal }, { kind, jobId: id }) {
    const { ingestJobs, queryJobs } = salesforce.bulk
    yield { ...(kind === 'query' ? await queryJobs.get(id, { signal }) : await ingestJobs.get(id, { signal })) }
  },
})
