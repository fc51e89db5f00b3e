import { COLUMN_DELIMITERS, type CsvDialect, LINE_ENDINGS } from './dialect.ts'

/**
 * One row as CSV text with every cell in quotes, as Salesforce writes results. Written by hand: results are the hot
 * path of bulk jobs, and a library that was tried took eight times as long.
 */
export function quotedRow(cells: readonly string[], { columnDelimiter, lineEnding }: CsvDialect): string {
  return `${cells.map(quoted).join(COLUMN_DELIMITERS[columnDelimiter])}${LINE_ENDINGS[lineEnding]}`
}

/** One row as CSV text with quotes only where they are needed, as Salesforce writes the columns of the input. */
export function plainRow(cells: readonly string[], { columnDelimiter, lineEnding }: CsvDialect): string {
  const delimiter = COLUMN_DELIMITERS[columnDelimiter]
  const written = cells.map((cell) => (/["\r\n]/.test(cell) || cell.includes(delimiter) ? quoted(cell) : cell))
  return `${written.join(delimiter)}${LINE_ENDINGS[lineEnding]}`
}

/**
 * A number as Salesforce writes it in result files, which is Java's way: `9.12260031E8`, `5000.0`.
 *
 * Source: recorded file `doc-successful-results-scientific.csv`.
 */
export function doubleText(value: number): string {
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e')
    return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`
  }
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

function quoted(cell: string): string {
  return `"${cell.includes('"') ? cell.replaceAll('"', '""') : cell}"`
}
