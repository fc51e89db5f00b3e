import { type BenchCase, json } from '../../bench-case.ts'
import { object } from '../../salesforce-rows.ts'
import { rows } from './rows.ts'

const id = '750BENCH000000002'

const job = {
  id,
  operation: 'insert',
  object,
  createdById: '005000000000001AAA',
  createdDate: '2026-01-01T00:00:00.000+0000',
  systemModstamp: '2026-01-01T00:00:00.000+0000',
  concurrencyMode: 'Parallel',
  contentType: 'CSV',
  apiVersion: 67.0,
  contentUrl: `services/data/v67.0/jobs/ingest/${id}/batches`,
  lineEnding: 'LF',
  columnDelimiter: 'COMMA',
}

/** A Bulk 2.0 load of objects: serialised, uploaded, polled to its end. The server counts the lines that arrive. */
export const benchCase: BenchCase = {
  title: `Bulk ingest, ${rows.toLocaleString('en')} objects`,
  unit: 'rows',
  expected: { rows, checksum: 0 },
  contestants: ['forcewire', 'jsforce', 'floor'],
  repetitions: 5,
  prepare() {
    let received = 0
    return ({ method, path, body }) => {
      if (method === 'PUT') {
        received = body.lines - 1
        return { status: 201 }
      }
      if (method === 'POST' && path.endsWith('/jobs/ingest')) return json({ ...job, state: 'Open' })
      if (method === 'PATCH') return json({ ...job, state: 'UploadComplete' })
      const done = {
        state: 'JobComplete',
        jobType: 'V2Ingest',
        numberRecordsProcessed: received,
        numberRecordsFailed: 0,
      }
      return json({
        ...job,
        ...done,
        retries: 0,
        totalProcessingTime: 1,
        apiActiveProcessingTime: 1,
        apexProcessingTime: 0,
      })
    }
  },
}
