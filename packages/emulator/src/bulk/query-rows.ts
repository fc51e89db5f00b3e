import { setImmediate as nextTurn } from 'node:timers/promises'
import type { CsvDialect } from '../csv/dialect.ts'
import { doubleText, quotedRows } from '../csv/write.ts'
import type { CompiledQuery, Output, ValueOutput } from '../soql/compiled-query.ts'
import type { SqlRow } from '../soql/record-reader.ts'
import type { ResultSnapshot } from '../soql/snapshot.ts'

/** Rows turned into CSV at a time: small enough to keep memory flat, large enough to be quick. */
const CHUNK = 1000

interface CsvColumn {
  readonly header: string
  readonly output: ValueOutput
}

/**
 * A page of a result as CSV text in pieces, the header first on every page. Every cell is quoted, null is empty, date-times end
 * in `Z`, numbers with a fraction are written as Java writes a double.
 */
export async function* csvPage(
  snapshot: ResultSnapshot,
  offset: number,
  count: number,
  dialect: CsvDialect,
): AsyncGenerator<string> {
  const columns = csvColumns(snapshot.query)
  yield quotedRows([columns.map((column) => column.header)], dialect)
  for (let done = 0; done < count; done += CHUNK) {
    const rows = snapshot.rows(offset + done, Math.min(CHUNK, count - done))
    if (rows.length === 0) return
    yield quotedRows(
      rows.map((row) => columns.map(({ output }) => cell(row, output))),
      dialect,
    )
    // Without a turn for others, a reader as quick as the disk would have the event loop to itself.
    await nextTurn()
  }
}

function csvColumns(query: CompiledQuery): CsvColumn[] {
  return [...columnsOf(query.outputs, '')]
}

function* columnsOf(outputs: readonly Output[], prefix: string): Generator<CsvColumn> {
  for (const output of outputs) {
    if (output.kind === 'value') yield { header: `${prefix}${output.name}`, output }
    if (output.kind === 'parent') yield* columnsOf(output.outputs, `${prefix}${output.name}.`)
  }
}

function cell(row: SqlRow, { column, type }: ValueOutput): string {
  const stored = row[column]
  if (stored === null || stored === undefined) return ''
  if (type === 'boolean') return stored === 1 ? 'true' : 'false'
  const decimal = type === 'double' || type === 'currency' || type === 'percent'
  return decimal ? doubleText(Number(stored)) : String(stored)
}
