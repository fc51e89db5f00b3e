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
  readonly #positions: boolean

  /** @param positions - Whether rows tell their position in the input. */
  constructor(positions: boolean = false) {
    this.#positions = positions
  }

  /**
   * Adds a row with its reason, a sentence without its full stop, its position in the input (from 0) and, where it could
   * be read, its fields. `sf__Error` ends as Salesforce's do.
   */
  add(code: RejectionCode, reason: string, position: number, row: InputRow = {}): void {
    const place = this.#positions ? { sf__Row: position } : {}
    // One text, where V8 would keep a template as its parts: half the memory of a rejected row.
    const error = [code, reason, '--'].join(':')
    this.rows.push({ sf__Id: '', sf__Error: error, ...place, ...copied(row) })
  }

  /**
   * The rows as lines of a CSV of Salesforce's, under its header; where there is none, with a header of the same kind.
   * A value that has no text, which may be why its row is here, is left empty.
   */
  *csv(header: ResultHeader | undefined, options: SettledIngestOptions): Generator<Uint8Array, void, undefined> {
    const { rename } = options
    const input = new Map(Object.entries(rename).map(([column, field]) => [field, column]))
    const writer = new LineWriter(header ?? options)
    const encoder = new TextEncoder()
    const columns = header?.columns ?? this.#columns(options)
    if (header === undefined) yield encoder.encode(writer.texts(columns))
    for (const row of this.rows) {
      yield encoder.encode(writer.texts(columns.map((column) => cellText(row, input.get(column) ?? column))))
    }
  }

  #columns(options: SettledIngestOptions): string[] {
    const { columns } = options
    const known = new RowColumns(columns)
    if (columns === undefined) for (const row of this.rows) known.add(row)
    const own = ['sf__Id', 'sf__Error']
    const sent = known.names.map((column) => sentName(column, options))
    return [...own, ...sent.filter((column) => !column.startsWith('sf__'))]
  }
}

function cellText(row: InputRow, column: string): string {
  try {
    return fieldText(columnValue(row, column))
  } catch {
    return ''
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
