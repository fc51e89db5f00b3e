import type { FailedRow, Row } from '../operation.ts'

type RowError = FailedRow['errors'][number]

/** A refused row of a bulk job as flows see it: its reasons taken apart, its columns under `row`. */
export interface FailedBulkRow extends FailedRow {
  readonly id?: string
  readonly row: Row
}

/**
 * Turns a line of `failedResults` (columns `sf__Id`, `sf__Error`, then those of the input) into a failed row; `sf__Row`,
 * where core knows it, is its index.
 */
export function failedRow({ sf__Id, sf__Error, sf__Row, ...row }: Row): FailedBulkRow {
  return {
    success: false,
    ...indexOf(sf__Row),
    errors: [rowError(String(sf__Error ?? ''))],
    ...(sf__Id ? { id: String(sf__Id) } : {}),
    row,
  }
}

/** The row's place in the input, where it is known. */
export function indexOf(position: unknown): { readonly index?: number } {
  return typeof position === 'number' ? { index: position } : {}
}

/** A row of a job that ended before its turn came. */
export function unprocessedRow({ sf__Row, ...row }: Row): FailedBulkRow {
  const message = 'The job ended before this row was processed. Load it again.'
  return { success: false, ...indexOf(sf__Row), errors: [{ errorCode: 'NOT_PROCESSED', message, fields: [] }], row }
}

/** `REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --`; the message itself may hold colons. */
function rowError(text: string): RowError {
  const match = /^([A-Z][A-Z0-9_]+):([\s\S]*?)(?::([\w.,\s]*?) ?--\s*)?$/.exec(text)
  if (match === null) return { errorCode: 'UNKNOWN', message: text, fields: [] }
  const [, errorCode = 'UNKNOWN', message = '', fields = ''] = match
  return { errorCode, message: message.trim(), fields: fields.split(/[\s,]+/).filter((field) => field !== '') }
}
