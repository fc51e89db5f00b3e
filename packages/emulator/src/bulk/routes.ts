import type { FastifyPluginCallback } from 'fastify'
import type { Org } from '../org/org.ts'
import {
  changeState,
  createJob,
  deleteJob,
  type IngestRoute,
  jobInfo,
  jobResults,
  listJobs,
  uploadData,
} from './ingest-handlers.ts'
import { IngestService } from './ingest-model.ts'
import { Workspace } from './workspace.ts'

/** The roads of Bulk API 2.0: ingest jobs and query jobs. */
export const bulkRoutes: FastifyPluginCallback<{ org: Org }> = (server, { org }, done) => {
  const workspace = new Workspace()
  const ingest = new IngestService(org, workspace)
  server.addHook('onClose', async () => {
    await ingest.close()
    await workspace.remove()
  })
  // Uploads stream: the body stays a stream until a handler writes it away.
  server.addContentTypeParser('text/csv', (_call, payload, parsed) => parsed(null, payload))
  const jobs = '/services/data/v:version/jobs/ingest'
  server.post<IngestRoute>(jobs, (call) => createJob(ingest, org.schema, call))
  server.get<IngestRoute>(jobs, (call) => listJobs(ingest, call))
  server.get<IngestRoute>(`${jobs}/:jobId`, (call) => jobInfo(ingest, call))
  server.patch<IngestRoute>(`${jobs}/:jobId`, (call) => changeState(ingest, call))
  server.delete<IngestRoute>(`${jobs}/:jobId`, (call, reply) => deleteJob(ingest, call, reply))
  server.put<IngestRoute>(`${jobs}/:jobId/batches`, (call, reply) => uploadData(ingest, call, reply))
  for (const kind of ['successfulResults', 'failedResults', 'unprocessedrecords'] as const) {
    server.get<IngestRoute>(`${jobs}/:jobId/${kind}`, (call, reply) => jobResults(ingest, kind, call, reply))
  }
  done()
}
