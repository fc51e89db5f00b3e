import type { BulkIngest } from '@forcewire/core/portable'
import { type Operation, operation, type Row } from '../operation.ts'
import { externalIdField, object } from '../record/address.ts'
import { failedRow, indexOf, unprocessedRow } from './failed-row.ts'
import { tally } from './tally.ts'

const waiting = { when: { parameter: 'wait', is: [true] } } as const

export const ingest: Operation = operation({
  id: 'bulk.ingest',
  label: 'Ingest',
  action: 'Load many records by a bulk job',
  description:
    'Loads any number of rows, or a CSV file, by Bulk API 2.0. Either waits until Salesforce has processed every row, or starts the job and leaves the rest to a trigger.',
  documentation: 'https://developer.salesforce.com/docs/platform/api-asynch/guide/walkthrough-bulk-api-2.html',
  parameters: {
    object,
    operation: {
      kind: 'choice',
      label: 'Bulk Operation',
      description: 'What to do with each row',
      default: 'insert',
      options: [
        { value: 'delete', label: 'Delete', description: 'Needs a column Id' },
        {
          value: 'hardDelete',
          label: 'Hard Delete',
          description: 'Skips the recycle bin; needs a column Id and the Bulk API Hard Delete permission',
        },
        { value: 'insert', label: 'Insert' },
        { value: 'update', label: 'Update', description: 'Needs a column Id' },
        { value: 'upsert', label: 'Upsert', description: 'Creates or updates by an external ID; safe to repeat' },
      ],
    },
    externalIdField: { ...externalIdField, when: { parameter: 'operation', is: ['upsert'] } },
    source: {
      kind: 'choice',
      label: 'Source',
      description: 'Where the rows come from',
      default: 'rows',
      options: [
        { value: 'rows', label: 'Incoming Rows', description: 'All incoming items make one load' },
        { value: 'csv', label: 'CSV File', description: 'A file is streamed to Salesforce as it is' },
      ],
    },
    csv: {
      kind: 'binary',
      label: 'CSV',
      description: 'The CSV file, its first line naming the columns',
      required: true,
      when: { parameter: 'source', is: ['csv'] },
    },
    rename: {
      kind: 'json',
      label: 'Rename Columns',
      description: 'Columns whose name is not that of the field, as {"column": "Field__c"}; all others keep their name',
      placeholder: '{ "iata": "External_Id__c" }',
    },
    wait: {
      kind: 'flag',
      label: 'Wait for Completion',
      description: 'Whether to wait until every row is processed; otherwise the result is the started job',
      default: true,
    },
    output: {
      kind: 'choice',
      label: 'Output',
      description: 'What to return after waiting',
      default: 'summary',
      options: [
        {
          value: 'all',
          label: 'Every Row',
          description: 'One result a row, in the order of Salesforce, with its index in the input where that is known',
        },
        { value: 'failed', label: 'Failed Rows', description: 'Only the rows that were refused, with the reason' },
        { value: 'summary', label: 'Summary', description: 'One result with the counts and the first failed rows' },
      ],
      ...waiting,
    },
    failureLimit: {
      kind: 'number',
      label: 'Failed Rows in Summary',
      description: 'How many failed rows the summary lists; it always counts all of them',
      default: 1000,
      minimum: 0,
      advanced: true,
      ...waiting,
    },
    columnDelimiter: {
      kind: 'choice',
      label: 'Column Delimiter',
      description: 'What separates the columns of the CSV file',
      default: 'COMMA',
      options: [
        { value: 'BACKQUOTE', label: 'Backquote' },
        { value: 'CARET', label: 'Caret' },
        { value: 'COMMA', label: 'Comma' },
        { value: 'PIPE', label: 'Pipe' },
        { value: 'SEMICOLON', label: 'Semicolon' },
        { value: 'TAB', label: 'Tab' },
      ],
      advanced: true,
      when: { parameter: 'source', is: ['csv'] },
    },
    assignmentRuleId: {
      kind: 'text',
      label: 'Assignment Rule ID',
      description: 'Assignment rule to run for cases and leads',
      advanced: true,
    },
    retryLockedRows: {
      kind: 'number',
      label: 'Retry Locked Rows',
      description:
        'How many times to load rows again that were refused because others had locked a record that they need',
      default: 1,
      minimum: 0,
      maximum: 10,
      advanced: true,
      ...waiting,
    },
    serial: {
      kind: 'flag',
      label: 'Serial',
      description:
        'Whether each job of a large load begins when the one before has ended, so that they lock no records of each other',
      default: false,
      advanced: true,
      ...waiting,
    },
  },
  rows: 'many',
  single: { parameter: 'output', is: ['summary'] },
  example: {
    parameters: { object: 'Account', operation: 'upsert', externalIdField: 'External_Id__c' },
    rows: [
      { External_Id__c: 'EXAMPLE-2', Name: 'Example Shipping' },
      { External_Id__c: 'EXAMPLE-3', Name: '' },
    ],
    volatile: ['jobIds'],
  },
  async *run({ salesforce, signal, progress }, parameters, rows) {
    const { source, csv, wait, output, failureLimit = 0, retryLockedRows, serial } = parameters
    const job = salesforce.bulk.ingest(
      {
        object: parameters.object,
        operation: parameters.operation as 'upsert',
        externalIdField: parameters.externalIdField,
        rename: parameters.rename as Record<string, string> | undefined,
        columnDelimiter: parameters.columnDelimiter as 'COMMA' | undefined,
        assignmentRuleId: parameters.assignmentRuleId,
        retryLockedRows,
        concurrencyMode: serial ? 'serial' : 'parallel',
        positions: wait && source === 'rows',
      },
      source === 'csv' && csv !== undefined ? csv : rows,
      { signal },
    )
    if (progress !== undefined) job.on('progress', progress)
    if (!wait) {
      for (const { id, state, object: name, operation: kind } of await job.upload()) {
        yield { jobId: id, state, object: name, operation: kind }
      }
      // Salesforce never sees these, so no trigger and no result of a job could tell of them.
      for (const row of job.rejected) yield { ...failedRow(row) }
    } else if (output === 'summary') yield await summary(job, parameters.operation as 'upsert', failureLimit)
    else yield* results(job, output === 'all')
  },
})

async function summary(job: BulkIngest, kind: 'upsert', failureLimit: number): Promise<Row> {
  const { jobs, rows, failed, unprocessed } = await job.run()
  const failures: Row[] = []
  if (failed > 0 && failureLimit > 0) {
    for (const row of await job.failed().all({ limit: failureLimit })) failures.push({ ...failedRow(row) })
  }
  const counts = await tally(kind, rows - failed - unprocessed, () => job.successful())
  return {
    jobIds: jobs.map(({ id }) => id),
    rows,
    ...counts,
    failed,
    unprocessed,
    failures,
    failuresOmitted: failed - failures.length,
  }
}

async function* results(job: BulkIngest, successes: boolean): AsyncIterable<Row> {
  await job.run()
  if (successes) {
    for await (const { sf__Id, sf__Created, sf__Row, ...row } of job.successful()) {
      yield { success: true, ...indexOf(sf__Row), id: sf__Id, created: sf__Created, row }
    }
  }
  for await (const row of job.failed()) yield { ...failedRow(row) }
  for await (const row of job.unprocessed()) yield { ...unprocessedRow(row) }
}
