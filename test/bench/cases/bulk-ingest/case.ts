import { type BenchAnswer, type BenchCase, type BenchRequest, json } from '../../bench-case.ts'
import { bulkJob } from '../../bulk-job.ts'

const job = {
  ...bulkJob,
  operation: 'insert',
}

function ingestOf(rows: number, others: Pick<BenchCase, 'name' | 'contestants' | 'repetitions' | 'bars'>): BenchCase {
  return {
    title: `Bulk ingest, ${rows.toLocaleString('en')} objects of a generator`,
    unit: 'rows',
    expected: { rows, checksum: 0 },
    prepare: ingestServer,
    ...others,
  }
}

export const benchCases: readonly BenchCase[] = [
  ingestOf(200_000, {
    name: 'bulk-ingest',
    contestants: ['forcewire', 'jsforce', 'floor'],
    repetitions: 5,
    bars: [
      { figure: 'cpuSeconds', against: 'jsforce', most: 1 / 4 },
      { figure: 'peakMegabytes', against: 'jsforce', most: 1 / 3 },
    ],
  }),
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

/** Loads of objects: the server counts the lines that arrive for each job, and every job is complete at once. */
function ingestServer(): (request: BenchRequest) => BenchAnswer {
  const received = new Map<string, number>()
  return ({ method, path, body }) => {
    const [, id = '', part] = /\/jobs\/ingest\/(\w+)(?:\/(\w+))?$/.exec(path) ?? []
    if (method === 'PUT') {
      received.set(id, body.lines - 1)
      return { status: 201 }
    }
    if (method === 'POST') {
      const made = `750BENCH${String(received.size + 1).padStart(10, '0')}`
      received.set(made, 0)
      const contentUrl = `services/data/v67.0/jobs/ingest/${made}/batches`
      return json({ ...job, id: made, contentUrl, state: 'Open' })
    }
    if (part !== undefined) return { headers: { 'content-type': 'text/csv' }, body: Buffer.from('') }
    if (method === 'PATCH') return json({ ...job, id, state: 'UploadComplete' })
    return json({
      ...job,
      id,
      state: 'JobComplete',
      jobType: 'V2Ingest',
      numberRecordsProcessed: received.get(id),
      numberRecordsFailed: 0,
      retries: 0,
      totalProcessingTime: 1,
      apiActiveProcessingTime: 1,
      apexProcessingTime: 0,
    })
  }
}
