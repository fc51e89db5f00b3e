import { type BenchCase, withAndWithoutGzip } from '../../bench-case.ts'
import { bulkIngestServer } from '../../bulk-ingest-server.ts'
import { uploadedSum } from '../../salesforce-rows.ts'

function ingestOf(rows: number, others: Pick<BenchCase, 'name' | 'contestants' | 'repetitions' | 'bars'>): BenchCase {
  return {
    title: `Bulk ingest, ${rows.toLocaleString('en')} objects of a generator`,
    unit: 'rows',
    expected: {
      rows,
      checksum: 0,
      get uploaded() {
        return uploadedSum(rows)
      },
    },
    prepare: bulkIngestServer,
    ...others,
  }
}

export const benchCases: readonly BenchCase[] = [
  ...withAndWithoutGzip(
    ingestOf(200_000, {
      name: 'bulk-ingest',
      contestants: ['forcewire', 'jsforce', 'floor'],
      repetitions: 5,
      bars: [
        { figure: 'cpuSeconds', against: 'jsforce', most: 1 / 4 },
        { figure: 'peakMegabytes', against: 'jsforce', most: 1 / 3 },
      ],
    }),
  ),
  ingestOf(1_000_000, {
    name: 'bulk-ingest-1m',
    contestants: ['forcewire', 'jsforce'],
    repetitions: 1,
    bars: [
      { figure: 'peakMegabytes', against: 'forcewire', run: 'bulk-ingest', most: 1.25 },
      { figure: 'peakMegabytes', against: 'jsforce', most: 1 / 6 },
    ],
  }),
  ingestOf(5_000_000, {
    name: 'bulk-ingest-5m',
    contestants: ['forcewire'],
    repetitions: 1,
    bars: [{ figure: 'peakMegabytes', against: 'forcewire', run: 'bulk-ingest', most: 1.25 }],
  }),
]
