import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { type CsvError, parse } from 'csv-parse'
import { COLUMN_DELIMITERS, type CsvDialect, LINE_ENDINGS } from './dialect.ts'

/** One record of a CSV file. */
export interface CsvRecord {
  readonly cells: readonly string[]
  /** Bytes of the file up to and including this record. */
  readonly end: number
}

/** CSV that cannot be read; the message is the reason in the words of Salesforce's own reader. */
export class CsvFormatError extends Error {
  override readonly name: string = 'CsvFormatError'
}

const REASONS: Readonly<Record<string, string>> = {
  INVALID_OPENING_QUOTE: 'Found unescaped quote. A value with quote should be within a quote',
  CSV_INVALID_CLOSING_QUOTE: 'Not expecting more text after end quote',
  CSV_QUOTE_NOT_CLOSED: 'EOF reached before closing an opened quote',
}

/**
 * Reads a CSV file record by record, the header being the first; the file is never held whole. Blank lines are passed
 * over. A byte order mark stays part of the first cell, as it does at Salesforce.
 *
 * @param start bytes of the file to pass over, the end of a record; none unless said.
 * @throws {@link CsvFormatError} at the record that breaks the rules of quoting.
 */
export async function* readCsv(file: string, dialect: CsvDialect, start = 0): AsyncGenerator<CsvRecord> {
  let broken: CsvError | undefined
  const parser = parse({
    delimiter: COLUMN_DELIMITERS[dialect.columnDelimiter],
    record_delimiter: LINE_ENDINGS[dialect.lineEnding],
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    // A thrown error would overtake the records that stand before the broken one; a skipped record waits its turn.
    skip_records_with_error: true,
    on_skip: (error) => {
      broken ??= error
    },
  })
  // The callback is there because pipeline insists on one: a failure reaches the loop below through the parser.
  const source = pipeline(createReadStream(file, { start }), parser, () => {})
  for await (const { record, info } of source as AsyncIterable<ParsedRecord>) {
    if (broken !== undefined && info.records > recordsBefore(broken)) break
    yield { cells: record, end: start + info.bytes }
  }
  if (broken !== undefined) throw new CsvFormatError(REASONS[broken.code] ?? broken.message)
}

interface ParsedRecord {
  readonly record: string[]
  readonly info: { readonly bytes: number; readonly records: number }
}

function recordsBefore(broken: CsvError): number {
  return Number(broken.records)
}
