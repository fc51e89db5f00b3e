import { type BenchAnswer, type BenchRequest, json } from './bench-case.ts'
import { bulkJob } from './bulk-job.ts'

const job = {
  ...bulkJob,
  operation: 'insert',
}

/** Loads of objects: the server counts the lines that arrive for each job, and every job is complete at once. */
export function bulkIngestServer(): (request: BenchRequest) => BenchAnswer {
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
