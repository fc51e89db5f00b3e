import type { ColumnDelimiter } from '../csv/dialect.ts'
import { RecordScanner } from '../csv/record-scanner.ts'
import { type FieldConverter, RowReader } from '../csv/row-reader.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { lineHash } from './taken-rows.ts'

/** A part of a result, in the form that somebody asked for. */
export interface Batch<T> {
  /** Its size: records of rows, bytes of bytes. */
  readonly size: number
  /** The part without its first `skip` records or bytes. */
  take(skip: number): T
}

/** Reads the CSV of one result, chunk by chunk. */
export interface BatchReader<T> {
  /** Records read so far; `undefined` where nobody counts them. */
  readonly records: number | undefined
  push(chunk: Uint8Array): Batch<T>
  end(): Batch<T>
}

/** A record of a result, its columns by name. */
export type ResultRow = Record<string, unknown>

/** Far beyond any field that Salesforce returns in CSV; it only bounds what a broken answer can take in memory. */
export const MAX_FIELD_BYTES: number = 1 << 24

/** Reads rows. `converters` says for the header which columns are not text. */
export function rowBatches(
  columnDelimiter: ColumnDelimiter,
  convert?: (header: readonly string[]) => readonly (FieldConverter | undefined)[],
): BatchReader<ResultRow[]> {
  const reader = new RowReader({ columnDelimiter, maxFieldBytes: MAX_FIELD_BYTES, onMalformed: refuse, convert })
  let records = 0
  const batch = (rows: ResultRow[]): Batch<ResultRow[]> => {
    records += rows.length
    return { size: rows.length, take: (skip) => (skip === 0 ? rows : rows.slice(skip)) }
  }
  return {
    get records() {
      return records
    },
    push: (chunk) => batch(reader.push(chunk)),
    end: () => batch(reader.end()),
  }
}

/** How to read bytes. */
export interface ByteOptions {
  readonly columnDelimiter: ColumnDelimiter
  /** Leaves the header line out. */
  readonly withoutHeader: boolean
  /** Finds each record, to count them: that takes longer than to hand out the bytes. */
  readonly counted: boolean
  /** Told a hash of the header line, once it is read and before anything behind it is handed out. */
  readonly onHeader: (hash: number) => void
}

/**
 * Reads bytes, as they come. The last line is ended if it was not, but only where the records are counted: otherwise
 * nothing else tells a line that is not ended from one that was cut off.
 */
export function byteBatches({
  columnDelimiter,
  withoutHeader,
  counted,
  onHeader,
}: ByteOptions): BatchReader<Uint8Array> {
  const options = { columnDelimiter, maxFieldBytes: MAX_FIELD_BYTES, onMalformed: refuse }
  const scanner = counted ? new RecordScanner(options) : undefined
  let records = 0
  let inHeader = true
  let hash: number | undefined
  let quoted = false
  let last: number | undefined

  function behindHeader(chunk: Uint8Array): Uint8Array {
    for (const [at, byte] of chunk.entries()) {
      if (byte === QUOTE) quoted = !quoted
      else if (byte === LF && !quoted) {
        inHeader = false
        onHeader(lineHash(chunk.subarray(0, at), hash))
        return chunk.subarray(at + 1)
      }
    }
    hash = lineHash(chunk, hash)
    return nothing
  }

  function batch(bytes: Uint8Array): Batch<Uint8Array> {
    records += scanner?.count ?? 0
    return { size: bytes.length, take: (skip) => bytes.subarray(skip) }
  }

  return {
    get records() {
      return counted ? records : undefined
    },
    push(chunk) {
      scanner?.push(chunk)
      last = chunk.at(-1) ?? last
      const rest = inHeader ? behindHeader(chunk) : chunk
      return batch(withoutHeader ? rest : chunk)
    },
    end() {
      scanner?.end()
      if (last !== LF && !counted) {
        throw new ProtocolError('The result of the bulk job ends within a line. Fetch the results of the job again.')
      }
      return batch(last === LF || (inHeader && withoutHeader) ? nothing : Uint8Array.of(LF))
    },
  }
}

const LF = 10
const QUOTE = 34
const nothing = new Uint8Array(0)

export function refuse({ line, reason }: { readonly line: number; readonly reason: string }): never {
  throw new ProtocolError(
    `The result of the bulk job is damaged in line ${line}: ${reason}. Fetch the results of the job again.`,
  )
}
