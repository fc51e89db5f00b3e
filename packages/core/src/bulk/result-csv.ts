import type { ColumnDelimiter, LineEnding } from '../csv/dialect.ts'
import { RecordScanner } from '../csv/record-scanner.ts'
import { type BatchReader, MAX_FIELD_BYTES, refuse } from './result-batch.ts'

/** How a result CSV begins and how it is written. */
export interface ResultHeader {
  readonly columns: readonly string[]
  readonly columnDelimiter: ColumnDelimiter
  readonly lineEnding: LineEnding
  /** The header line as it stands in the CSV, with its line ending. */
  readonly line: Uint8Array
}

/** Some lines of a result. `error` is the text of its `sf__Error`, where lines are taken one by one. */
export interface ResultLines {
  readonly bytes: Uint8Array
  readonly error?: string
}

/** How to read lines. */
export interface LineOptions {
  readonly columnDelimiter: ColumnDelimiter
  /** Hands out each line by itself, with its error, so that some can be left out. */
  readonly single: boolean
  /** Told the header, once it is read and before any line is handed out. */
  readonly onHeader: (header: ResultHeader) => void
}

/**
 * Reads the records of a result as they stand in its CSV, whole lines only, and counts them. The header goes to
 * `onHeader`; the last line is ended if it was not.
 */
export function lineBatches({ columnDelimiter, single, onHeader }: LineOptions): BatchReader<ResultLines[]> {
  const scanner = new RecordScanner({ columnDelimiter, maxFieldBytes: MAX_FIELD_BYTES, onMalformed: refuse })
  const decoder = new TextDecoder()
  let told = false
  let records = 0

  function tell(columns: readonly string[]): void {
    told = true
    const { lineEnding } = scanner
    onHeader({ columns, columnDelimiter, lineEnding, line: ended(scanner.headerLine) })
  }

  /** The lines from one record up to another. Empty lines between them go with them. */
  function lines(from: number, to: number): Uint8Array {
    const { bounds, bytes } = scanner
    return ended(bytes.slice(bounds[from * 3], bounds[to * 3 - 1]))
  }

  function take(skip: number): ResultLines[] {
    const { count, header = [], width } = scanner
    if (skip >= count) return []
    if (!single) return [{ bytes: lines(skip, count) }]
    const column = header.indexOf('sf__Error')
    return Array.from({ length: count - skip }, (_, index) => {
      const record = skip + index
      const error = column < 0 ? '' : scanner.text(record * width + column, decoder)
      return { bytes: lines(record, record + 1), error }
    })
  }

  function batch(): { size: number; take: (skip: number) => ResultLines[] } {
    if (!told && scanner.header !== undefined) tell(scanner.header)
    records += scanner.count
    return { size: scanner.count, take }
  }

  return {
    get records() {
      return records
    },
    push(chunk) {
      scanner.push(chunk)
      return batch()
    },
    end() {
      scanner.end()
      return batch()
    },
  }
}

const LF = 10

function ended(lines: Uint8Array): Uint8Array {
  if (lines.at(-1) === LF) return lines
  const whole = new Uint8Array(lines.length + 1)
  whole.set(lines)
  whole[lines.length] = LF
  return whole
}
