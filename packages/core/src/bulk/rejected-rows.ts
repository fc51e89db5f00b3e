import type { InputRow } from '../csv/columns.ts'
import type { FailedRow } from './ingest-results.ts'

/** Codes of the rows that are refused here, before Salesforce sees them. */
export type RejectionCode = 'MALFORMED_CSV' | 'ROW_TOO_LARGE' | 'INVALID_VALUE' | 'INVALID_ROW'

/** Rows that cannot be sent, in the form in which Salesforce hands out the rows that it refuses. */
export class RejectedRows {
  readonly rows: FailedRow[] = []

  /** Adds a row with its reason, a sentence without its full stop. `sf__Error` ends as Salesforce's do. */
  add(code: RejectionCode, reason: string, row: InputRow = {}): void {
    this.rows.push({ sf__Id: '', sf__Error: `${code}:${reason}:--`, ...copied(row) })
  }
}

/** Nothing of a row that cannot be read. */
function copied(row: InputRow): InputRow {
  try {
    return { ...row }
  } catch {
    return {}
  }
}
