import type { CsvDialect } from '../csv/dialect.ts'
import { doubleText, quotedRow } from '../csv/write.ts'
import type { CompiledQuery, Output, ValueOutput } from '../soql/compiled-query.ts'
import type { SqlRow } from '../soql/record-reader.ts'

/** One column of a result. */
export interface CsvColumn {
  readonly header: string
  readonly output: ValueOutput
}

/** The columns of a query's result; a parent's are named by their path. */
export function csvColumns(query: CompiledQuery): CsvColumn[] {
  return [...columnsOf(query.outputs, '')]
}

/** The header of a result, every name in quotes. */
export function csvHeader(columns: readonly CsvColumn[], dialect: CsvDialect): string {
  return quotedRow(
    columns.map(({ header }) => header),
    dialect,
  )
}

/**
 * One row of a result: every cell is quoted, null is empty, date-times end in `Z`, numbers with a fraction are written as
 * Java writes a double.
 */
export function csvRow(row: SqlRow, columns: readonly CsvColumn[], dialect: CsvDialect): string {
  return quotedRow(
    columns.map(({ output }) => cell(row, output)),
    dialect,
  )
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
