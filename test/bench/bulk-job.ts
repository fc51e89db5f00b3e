import { object } from './salesforce-rows.ts'

/** What Salesforce says of every job of Bulk API 2.0, here of one about the prepared rows. */
export const bulkJob: Readonly<Record<string, string | number>> = {
  object,
  createdById: '005000000000001AAA',
  createdDate: '2026-01-01T00:00:00.000+0000',
  systemModstamp: '2026-01-01T00:00:00.000+0000',
  concurrencyMode: 'Parallel',
  contentType: 'CSV',
  apiVersion: 67.0,
  lineEnding: 'LF',
  columnDelimiter: 'COMMA',
}
