import { RecordError } from '../errors.ts'
import type { RecordStore } from '../records/record-store.ts'
import { type IngestColumn, keyField, rowInput } from './ingest-columns.ts'
import type { IngestOrder } from './ingest-job.ts'

/** What became of one row; a failed one may still tell which record it was about. */
export type RowResult =
  | { readonly success: true; readonly id: string; readonly created: boolean }
  | { readonly success: false; readonly id: string; readonly error: string }

/** A row as it stands in the upload. */
export type Row = readonly string[]

/**
 * Applies one batch of rows inside the transaction that is open. A row that breaks a rule fails alone, except that rows of one upsert
 * batch with the same external id all fail, as in one upsert call at Salesforce.
 */
export function applyBatch(
  records: RecordStore,
  job: IngestOrder,
  columns: readonly IngestColumn[],
  rows: readonly Row[],
): RowResult[] {
  const repeated = job.operation === 'upsert' ? repeatedKeys(job, columns, rows) : new Set<string>()
  const keyColumn = columns.findIndex((column) => isKey(column, job))
  return rows.map((row): RowResult => {
    const key = (row[keyColumn] ?? '').trim()
    try {
      if (repeated.has(key.toLowerCase())) throw duplicateKey(job, key)
      return { success: true, ...applyRow(records, job, columns, row) }
    } catch (error) {
      if (!(error instanceof RecordError)) throw error
      return { success: false, id: keyField(job) === 'Id' ? key : '', error: errorText(error) }
    }
  })
}

function applyRow(
  records: RecordStore,
  job: IngestOrder,
  columns: readonly IngestColumn[],
  row: Row,
): { id: string; created: boolean } {
  const key = keyField(job)
  if (key === undefined) return { id: records.insert(job.object, rowInput(columns, row)), created: true }
  const { [key]: value, ...input } = rowInput(columns, row)
  if (job.operation === 'upsert') return records.upsert(job.object, key, plain(value), input)
  if (typeof value !== 'string')
    throw new RecordError('MISSING_ARGUMENT', `Id not specified in ${CALLS[job.operation]} call`)
  if (job.operation === 'update') records.update(job.object, value, input)
  if (job.operation === 'delete') records.delete(job.object, value)
  if (job.operation === 'hardDelete') records.hardDelete(job.object, value)
  return { id: value, created: false }
}

const CALLS: Readonly<Record<string, string>> = { update: 'an update', delete: 'a delete', hardDelete: 'a delete' }

function plain(value: unknown): string | number | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null
}

function isKey({ field, parent }: IngestColumn, job: IngestOrder): boolean {
  return parent === undefined && field.name === keyField(job)
}

function repeatedKeys(job: IngestOrder, columns: readonly IngestColumn[], rows: readonly Row[]): Set<string> {
  const keyColumn = columns.findIndex((column) => isKey(column, job))
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const row of rows) {
    const key = (row[keyColumn] ?? '').trim().toLowerCase()
    if (key !== '' && seen.has(key)) repeated.add(key)
    seen.add(key)
  }
  return repeated
}

function duplicateKey(job: IngestOrder, key: string): RecordError {
  return new RecordError('DUPLICATE_VALUE', `Duplicate external id specified: ${key}`, [keyField(job) ?? 'Id'])
}

/** `CODE:message:Field --`, or `CODE:message:--` without fields (recorded: `pasted-failed-results-pipe.csv`). */
function errorText({ errorCode, message, fields = [] }: RecordError): string {
  return `${errorCode}:${message}:${fields.length === 0 ? '' : `${fields.join(',')} `}--`
}
