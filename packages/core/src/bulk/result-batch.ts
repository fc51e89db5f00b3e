import type { ColumnDelimiter } from '../csv/dialect.ts'
import { RecordScanner } from '../csv/record-scanner.ts'
import { type FieldConverter, RowReader } from '../csv/row-reader.ts'
import { ProtocolError } from '../errors/protocol-error.ts'

/** Some records of a result, in the form that somebody asked for. */
export interface Batch<T> {
  readonly count: number
  /** The records without the first `skip` ones. */
  take(skip: number): T
}

/** Reads the CSV of one result, chunk by chunk. */
export interface BatchReader<T> {
  push(chunk: Uint8Array): Batch<T>
  end(): Batch<T>
}

/** A record of a result, its columns by name. */
export type ResultRow = Record<string, unknown>

/** Far beyond any field that Salesforce returns in CSV; it only bounds what a broken answer can take in memory. */
const MAX_FIELD_BYTES = 1 << 24

/** Reads rows. `converters` says for the header which columns are not text. */
export function rowBatches(
  columnDelimiter: ColumnDelimiter,
  convert?: (header: readonly string[]) => readonly (FieldConverter | undefined)[],
): BatchReader<ResultRow[]> {
  const reader = new RowReader({ columnDelimiter, maxFieldBytes: MAX_FIELD_BYTES, onMalformed: refuse, convert })
  const batch = (rows: ResultRow[]): Batch<ResultRow[]> => ({
    count: rows.length,
    take: (skip) => (skip === 0 ? rows : rows.slice(skip)),
  })
  return { push: (chunk) => batch(reader.push(chunk)), end: () => batch(reader.end()) }
}

/** Reads whole lines as bytes, the header line not among them: `onHeader` gets that. */
export function byteBatches(
  columnDelimiter: ColumnDelimiter,
  onHeader: (line: Uint8Array) => void,
): BatchReader<Uint8Array> {
  const scanner = new RecordScanner({ columnDelimiter, maxFieldBytes: MAX_FIELD_BYTES, onMalformed: refuse })
  let told = false
  const batch = (): Batch<Uint8Array> => {
    if (!told && scanner.header !== undefined) {
      told = true
      onHeader(scanner.headerLine)
    }
    const { count } = scanner
    return { count, take: (skip) => linesOf(scanner, skip) }
  }
  return {
    push: (chunk) => {
      scanner.push(chunk)
      return batch()
    },
    end: () => {
      scanner.end()
      return batch()
    },
  }
}

/** A copy of the records' bytes, since the scanner uses its own again. The last line is ended if it was not. */
function linesOf({ bytes, bounds, count }: RecordScanner, skip: number): Uint8Array {
  const from = bounds[skip * 3] as number
  const textEnd = bounds[count * 3 - 2] as number
  const to = bounds[count * 3 - 1] as number
  if (to > textEnd) return bytes.slice(from, to)
  const ended = new Uint8Array(to - from + 1)
  ended.set(bytes.subarray(from, to))
  ended[to - from] = 10
  return ended
}

function refuse({ line, reason }: { readonly line: number; readonly reason: string }): never {
  throw new ProtocolError(
    `The result of the bulk job is damaged in line ${line}: ${reason}. Fetch the results of the job again.`,
  )
}
