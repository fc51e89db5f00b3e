import type { FastifyInstance, FastifyPluginCallback } from 'fastify'
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
import type { JobBoard } from './job-board.ts'
import { multipartJob } from './multipart-job.ts'
import {
  changeQueryState,
  createQueryJob,
  deleteQueryJob,
  listQueryJobs,
  type QueryJobRoute,
  queryJobInfo,
  queryResultPages,
  queryResults,
} from './query-handlers.ts'
import { QueryJobService } from './query-model.ts'
import { Workspace } from './workspace.ts'

/** What the bulk roads need. */
export interface BulkOptions {
  readonly org: Org
  /** Where the jobs are shown; nowhere when absent. */
  readonly board?: JobBoard | undefined
  /** Rows per result page of a query job where the caller does not say; 250,000 unless given. */
  readonly resultPageRows?: number | undefined
}

/** The roads of Bulk API 2.0: ingest jobs and query jobs. */
export const bulkRoutes: FastifyPluginCallback<BulkOptions> = (server, { org, board, resultPageRows }, done) => {
  const workspace = new Workspace(org.data && `${org.data}.jobs`)
  const ingest = new IngestService(org, workspace)
  const queries = new QueryJobService(org, workspace, resultPageRows)
  board?.show(() => ingest.jobs)
  board?.show(() => queries.jobs)
  server.addHook('onClose', async () => {
    await Promise.all([ingest.close(), queries.close()])
    workspace.close()
  })
  // Elsewhere a multipart body brings the bytes of a field along.
  server.removeContentTypeParser('multipart/form-data')
  server.addContentTypeParser('multipart/form-data', multipartJob)
  // Uploads stream: the body stays a stream until a handler writes it away.
  server.addContentTypeParser('text/csv', (_call, payload, parsed) => parsed(null, payload))
  ingestRoutes(server, org, ingest)
  queryJobRoutes(server, queries)
  done()
}

function ingestRoutes(server: FastifyInstance, { schema }: Org, service: IngestService): void {
  const jobs = '/services/data/v:version/jobs/ingest'
  server.post<IngestRoute>(jobs, (call) => createJob(service, schema, call))
  server.get<IngestRoute>(jobs, (call) => listJobs(service, call))
  server.get<IngestRoute>(`${jobs}/:jobId`, (call) => jobInfo(service, call))
  server.patch<IngestRoute>(`${jobs}/:jobId`, (call) => changeState(service, call))
  server.delete<IngestRoute>(`${jobs}/:jobId`, (call, reply) => deleteJob(service, call, reply))
  server.put<IngestRoute>(`${jobs}/:jobId/batches`, (call, reply) => uploadData(service, call, reply))
  for (const kind of ['successfulResults', 'failedResults', 'unprocessedrecords'] as const) {
    server.get<IngestRoute>(`${jobs}/:jobId/${kind}`, (call, reply) => jobResults(service, kind, call, reply))
  }
}

function queryJobRoutes(server: FastifyInstance, service: QueryJobService): void {
  const jobs = '/services/data/v:version/jobs/query'
  server.post<QueryJobRoute>(jobs, (call) => createQueryJob(service, call))
  server.get<QueryJobRoute>(jobs, (call) => listQueryJobs(service, call))
  server.get<QueryJobRoute>(`${jobs}/:jobId`, (call) => queryJobInfo(service, call))
  server.patch<QueryJobRoute>(`${jobs}/:jobId`, (call) => changeQueryState(service, call))
  server.delete<QueryJobRoute>(`${jobs}/:jobId`, (call, reply) => deleteQueryJob(service, call, reply))
  server.get<QueryJobRoute>(`${jobs}/:jobId/results`, (call, reply) => queryResults(service, call, reply))
  // The documented next link spells the resource in lower case.
  for (const name of ['resultPages', 'resultpages']) {
    server.get<QueryJobRoute>(`${jobs}/:jobId/${name}`, (call) => queryResultPages(service, call))
  }
}
