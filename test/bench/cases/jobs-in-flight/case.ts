import type { BenchCase } from '../../bench-case.ts'
import { bulkIngestServer } from '../../bulk-ingest-server.ts'

const rows = 160_000

/** One load in sixteen jobs, so many of them at a time: what the default of `jobsInFlight` is chosen from. */
export const benchCases: readonly BenchCase[] = [0, 200].map((latency) => ({
  name: `jobs-in-flight-${latency}ms`,
  title: `Bulk ingest in 16 jobs, ${latency} ms a call`,
  unit: 'rows',
  expected: { rows, checksum: 0 },
  contestants: ['1-job', '2-jobs', '4-jobs', '8-jobs'],
  repetitions: 3,
  latency,
  prepare: bulkIngestServer,
}))
