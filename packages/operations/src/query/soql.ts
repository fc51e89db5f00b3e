import { type Operation, operation } from '../operation.ts'
import { plainRecord } from '../plain-record.ts'

export const soql: Operation = operation({
  id: 'query.soql',
  label: 'SOQL',
  action: 'Query records with SOQL',
  description: 'Runs a SOQL query and returns every record that it finds, page after page.',
  documentation: 'https://developer.salesforce.com/docs/platform/api-rest/guide/resources-query.html',
  parameters: {
    soql: {
      kind: 'soql',
      label: 'SOQL',
      description: 'The query; relationship fields and child sub-queries are fine',
      required: true,
      placeholder: "SELECT Id, Name FROM Account WHERE Industry = 'Energy'",
    },
    limit: {
      kind: 'number',
      label: 'Maximum Records',
      description: 'Stop after this many records; leave empty for all',
      minimum: 1,
    },
    includeDeleted: {
      kind: 'flag',
      label: 'Include Deleted',
      description: 'Whether to return deleted and archived records too',
      default: false,
      advanced: true,
    },
    keepAttributes: {
      kind: 'flag',
      label: 'Keep Attributes',
      description: 'Whether to keep the attributes (type and address) that Salesforce adds to each record',
      default: false,
      advanced: true,
    },
  },
  rows: 'none',
  example: {
    parameters: {
      soql: 'SELECT Name, External_Id__c FROM Account WHERE External_Id__c != null ORDER BY External_Id__c',
      limit: 3,
    },
  },
  async *run(
    { salesforce, signal, progress },
    { soql: text, limit = Number.POSITIVE_INFINITY, includeDeleted, keepAttributes },
  ) {
    let rows = 0
    for await (const page of salesforce.query(text, { includeDeleted }, { signal }).pages()) {
      for (const record of page.records) {
        yield keepAttributes ? record : plainRecord(record)
        if (++rows >= limit) return
      }
      progress?.({ phase: 'reading', rows, ...(page.totalSize === undefined ? {} : { total: page.totalSize }) })
    }
  },
})
