import { columnValue, type InputRow, RowColumns } from '../csv/columns.ts'
import { fieldText } from '../csv/field-text.ts'
import { LineWriter } from '../csv/line-writer.ts'
import { sentName } from './ingest-columns.ts'
import type { SettledIngestOptions } from './ingest-options.ts'
import type { FailedRow } from './ingest-results.ts'
import type { ResultHeader } from './result-csv.ts'

/** Codes of the rows that are refused here, before Salesforce sees them. */
export type RejectionCode = 'MALFORMED_CSV' | 'ROW_TOO_LARGE' | 'INVALID_VALUE' | 'INVALID_ROW'

/**
 * Rows that cannot be sent, in the form in which Salesforce hands out the rows that it refuses. They are kept in memory:
 * nobody else has them.
 */
export class RejectedRows {
  readonly rows: FailedRow[] = []
  readonly #options: Pick<SettledIngestOptions, 'positions' | 'rename'>

  constructor(options: Pick<SettledIngestOptions, 'positions' | 'rename'> = { positions: false, rename: {} }) {
    this.#options = options
  }

  /**
   * Adds a row with its reason, a sentence without its full stop, its position in the input (from 0) and, where it could
   * be read, its fields. `sf__Error` ends as Salesforce's do.
   */
  add(code: RejectionCode, reason: string, position: number, row: InputRow = {}): void {
    const place = this.#options.positions ? { sf__Row: position } : {}
    // One text, where V8 would keep a template as its parts: half the memory of a rejected row.
    const error = [code, reason, '--'].join(':')
    this.rows.push({ sf__Id: '', sf__Error: error, ...place, ...this.#sent(row) })
  }

  /** The row as Salesforce would hand it back, by the names of fields; nothing of one that cannot be read. */
  #sent(row: InputRow): InputRow {
    try {
      return Object.fromEntries(
        fieldsOf([row]).map((column) => [sentName(column, this.#options), columnValue(row, column)]),
      )
    } catch {
      return {}
    }
  }

  /**
   * The rows as lines of a CSV of Salesforce's, under its header; where there is none, with a header of the same kind.
   * A value that has no text, which may be why its row is here, is left empty.
   */
  *csv(header: ResultHeader | undefined, options: SettledIngestOptions): Generator<Uint8Array, void, undefined> {
    const writer = new LineWriter(header ?? options)
    const encoder = new TextEncoder()
    const columns = header?.columns ?? this.#columns(options)
    if (header === undefined) yield encoder.encode(writer.texts(columns))
    for (const row of this.rows) {
      yield encoder.encode(writer.texts(columns.map((column) => cellText(row, column))))
    }
  }

  #columns(options: SettledIngestOptions): string[] {
    const declared = options.columns?.map((column) => sentName(column, options))
    return ['sf__Id', 'sf__Error', ...(declared ?? fieldsOf(this.rows))]
  }
}

/** The columns of rows, but for those that tell of an earlier load: Salesforce has these names for itself. */
function fieldsOf(rows: readonly InputRow[]): string[] {
  const known = new RowColumns()
  for (const row of rows) known.add(row)
  return known.names.filter((column) => !column.startsWith('sf__'))
}

function cellText(row: InputRow, column: string): string {
  try {
    return fieldText(columnValue(row, column))
  } catch {
    return ''
  }
}
