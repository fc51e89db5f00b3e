import { crc32 } from 'node:zlib'
import { type BenchCase, type Outcome, withAndWithoutGzip } from '../../bench-case.ts'
import { bulkQueryServer } from '../../bulk-query-server.ts'
import { columns, csvLine, csvLines } from '../../salesforce-rows.ts'

const rows = 5_000_000
let outcome: Outcome | undefined

export const benchCases: readonly BenchCase[] = [
  ...withAndWithoutGzip({
    name: 'bulk-csv',
    title: `Bulk query to CSV bytes, ${rows.toLocaleString('en')} rows`,
    unit: 'bytes',
    get expected() {
      outcome ??= wholeFile()
      return outcome
    },
    contestants: ['forcewire', 'floor'],
    repetitions: 5,
    bars: [{ figure: 'cpuSeconds', against: 'floor', most: 1.15 }],
    prepare: () => bulkQueryServer(rows, rows),
  }),
]

/** What counts here is each byte, and the checksum of all. */
function wholeFile(): Outcome {
  const [header, lines] = [Buffer.from(csvLine(columns)), csvLines(0, rows)]
  return { rows: header.length + lines.length, checksum: crc32(lines, crc32(header)) }
}
