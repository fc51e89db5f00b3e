import { createReadStream } from 'node:fs'
import { COLUMN_DELIMITERS, type CsvDialect } from './dialect.ts'

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

/** Bytes read at a time: few enough that the records of one piece are gone before the next comes. */
const PIECE = 32_768
/** Bytes after which a record that has not ended is given up: more than the longest allowed one can have. */
const LONGEST = 2_000_000

const QUOTE = 0x22
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/**
 * Reads a CSV file by RFC 4180, the header being the first record; the file is never held whole. Records come in groups, as
 * many as a piece of the file has, because a promise for each would cost more than reading it. Blank lines are passed over.
 * A byte order mark stays part of the first cell, as it does at Salesforce. Written by hand because ingest jobs spend most
 * of their time here otherwise.
 *
 * @param start bytes of the file to pass over, the end of a record; none unless said.
 * @throws {@link CsvFormatError} behind the last record before the one that breaks the rules of quoting.
 */
export async function* readCsv(file: string, dialect: CsvDialect, start = 0): AsyncGenerator<CsvRecord[]> {
  const delimiter = COLUMN_DELIMITERS[dialect.columnDelimiter]
  const splitter = new RecordSplitter(dialect.lineEnding === 'CRLF', start)
  for await (const piece of createReadStream(file, { start, highWaterMark: PIECE })) {
    yield* withCells(splitter.add(piece), delimiter)
    if (splitter.left.length > LONGEST) {
      cellsOf(splitter.left.toString(), delimiter)
      throw new CsvFormatError(`Exceeded max length for one record: ${splitter.left.length} bytes and more`)
    }
  }
  if (splitter.left.length > 0) {
    const cells = cellsOf(splitter.left.toString(), delimiter)
    yield [{ cells, end: splitter.offset + splitter.left.length }]
  }
}

interface RawRecord {
  readonly text: string
  readonly end: number
}

/** Cuts bytes into records: a line ending ends one unless it stands between quotes. */
class RecordSplitter {
  /** What came behind the last whole record. */
  left: Buffer = Buffer.alloc(0)
  /** Where that begins in the file. */
  offset: number
  readonly #crlf: boolean
  #scanned = 0
  #quoted = false

  constructor(crlf: boolean, offset: number) {
    this.#crlf = crlf
    this.offset = offset
  }

  /** The records that end in this piece, blank ones left out. */
  add(piece: Buffer): RawRecord[] {
    const bytes = this.left.length === 0 ? piece : Buffer.concat([this.left, piece])
    const records: RawRecord[] = []
    let begin = 0
    for (let at = this.#scanned; at < bytes.length; at += 1) {
      const byte = bytes[at]
      if (byte === QUOTE) this.#quoted = !this.#quoted
      if (byte !== LINE_FEED || this.#quoted) continue
      if (this.#crlf && (at === begin || bytes[at - 1] !== CARRIAGE_RETURN)) continue
      const stop = this.#crlf ? at - 1 : at
      if (stop > begin) records.push({ text: bytes.toString('utf8', begin, stop), end: this.offset + at + 1 })
      begin = at + 1
    }
    this.left = bytes.subarray(begin)
    this.#scanned = this.left.length
    this.offset += begin
    return records
  }
}

function* withCells(raw: readonly RawRecord[], delimiter: string): Generator<CsvRecord[]> {
  const records: CsvRecord[] = []
  try {
    for (const { text, end } of raw) records.push({ cells: cellsOf(text, delimiter), end })
  } catch (error) {
    // The records before the broken one are good.
    yield records
    throw error
  }
  yield records
}

/** The cells of one record. */
function cellsOf(text: string, delimiter: string): string[] {
  if (!text.includes('"')) return text.split(delimiter)
  const cells: string[] = []
  for (let at = 0; ; at += 1) {
    const end = text[at] === '"' ? endOfQuoted(text, at, delimiter) : endOfPlain(text, at, delimiter)
    const cell = text.slice(at, end)
    cells.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    if (end === text.length) return cells
    at = end
  }
}

/** Where the cell in quotes that begins at `begin` ends. */
function endOfQuoted(text: string, begin: number, delimiter: string): number {
  let close = text.indexOf('"', begin + 1)
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2)
  if (close < 0) throw new CsvFormatError('EOF reached before closing an opened quote')
  const end = close + 1
  if (end === text.length || text[end] === delimiter) return end
  throw new CsvFormatError('Not expecting more text after end quote')
}

/** Where the cell without quotes that begins at `begin` ends. */
function endOfPlain(text: string, begin: number, delimiter: string): number {
  const next = text.indexOf(delimiter, begin)
  const end = next < 0 ? text.length : next
  const quote = text.indexOf('"', begin)
  if (quote < 0 || quote >= end) return end
  throw new CsvFormatError('Found unescaped quote. A value with quote should be within a quote')
}
