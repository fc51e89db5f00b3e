import { type Operation, operation } from '../operation.ts'
import { failedRow, unprocessedRow } from './failed-row.ts'
import { jobId, jobKind } from './job-address.ts'

export const results: Operation = operation({
  id: 'bulk.results',
  label: 'Get Results',
  action: 'Get the results of a bulk job',
  description:
    'Streams the rows of a finished bulk job: the records of a query, or what became of the rows of an ingest.',
  documentation: 'https://developer.salesforce.com/docs/platform/api-asynch/guide/get-job-successful-results.html',
  parameters: {
    kind: jobKind,
    jobId,
    part: {
      kind: 'choice',
      label: 'Rows',
      description: 'Which rows of the ingest job',
      default: 'failed',
      options: [
        { value: 'failed', label: 'Failed' },
        { value: 'successful', label: 'Successful' },
        {
          value: 'unprocessed',
          label: 'Unprocessed',
          description: 'Rows of a failed or aborted job that were never tried',
        },
      ],
      when: { parameter: 'kind', is: ['ingest'] },
    },
  },
  rows: 'none',
  example: { parameters: { kind: 'ingest', jobId: '{{ingestJobId}}', part: 'failed' } },
  async *run({ salesforce, signal }, { kind, jobId: id, part }) {
    if (kind === 'query') {
      yield* salesforce.bulk.queryJobs.results(id, { signal })
      return
    }
    const rows = salesforce.bulk.ingestJobs.results(id, { signal })
    if (part === 'successful') {
      for await (const { sf__Id, sf__Created, ...row } of rows.successful())
        yield { success: true, id: sf__Id, created: sf__Created, row }
    } else if (part === 'unprocessed') for await (const row of rows.unprocessed()) yield { ...unprocessedRow(row) }
    else for await (const row of rows.failed()) yield { ...failedRow(row) }
  },
})
