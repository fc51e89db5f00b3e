import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { OrgSchema } from '../schema/org-schema.ts'
import { bulkError } from './errors.ts'
import type { ResultKind } from './ingest-files.ts'
import { type IngestJob, isOver } from './ingest-job.ts'
import type { IngestService } from './ingest-model.ts'
import { ingestOrder } from './ingest-order.ts'
import { commonInfo, dialectInfo } from './job-info.ts'
import { objectBody } from './request-body.ts'

/** Path, query and body of the ingest roads. */
export interface IngestRoute {
  Params: { version: string; jobId: string }
  Querystring: { queryLocator?: string }
  Body: unknown
}

type IngestCall = FastifyRequest<IngestRoute>

/** `POST /jobs/ingest` (recorded: `doc-bulk2-open`). */
export async function createJob(service: IngestService, schema: OrgSchema, call: IngestCall): Promise<object> {
  const job = await service.create(ingestOrder(schema, objectBody(call.body), call.params.version))
  return { ...common(job), contentUrl: contentUrl(job), ...dialectInfo(job) }
}

/** `PUT /jobs/ingest/{id}/batches`: 201 without a body. */
export async function uploadData(service: IngestService, call: IngestCall, reply: FastifyReply): Promise<void> {
  const body = call.body instanceof Readable ? call.body : Readable.from([])
  await service.upload(call.params.jobId, body)
  reply.code(201).send()
}

/** `PATCH /jobs/ingest/{id}`: the answer lacks dialect and counters (recorded: `doc-bulk2-uploadcomplete`). */
export async function changeState(service: IngestService, call: IngestCall): Promise<object> {
  return common(await service.setState(call.params.jobId, objectBody(call.body).state))
}

/** `GET /jobs/ingest/{id}` (recorded: `doc-bulk2-jobcomplete`). */
export async function jobInfo(service: IngestService, call: IngestCall): Promise<object> {
  const job = await service.read(call.params.jobId)
  return {
    ...common(job),
    jobType: 'V2Ingest',
    ...(job.state === 'Open' && { contentUrl: contentUrl(job) }),
    ...dialectInfo(job),
    ...(job.errorMessage !== undefined && { errorMessage: job.errorMessage }),
    numberRecordsProcessed: job.processed,
    numberRecordsFailed: job.failed,
    retries: 0,
    totalProcessingTime: isOver(job.state) ? job.processingTime : 0,
    apiActiveProcessingTime: isOver(job.state) ? job.processingTime : 0,
    apexProcessingTime: 0,
  }
}

/** `GET /jobs/ingest`: all jobs in the order of their creation, without counters. */
export async function listJobs(service: IngestService, call: IngestCall): Promise<object> {
  const page = await service.list(call.query.queryLocator)
  if (page === undefined) throw bulkError('INVALID_QUERY_LOCATOR', 'invalid query locator')
  const { version } = call.params
  return {
    done: page.next === undefined,
    ...(page.next && { nextRecordsUrl: `/services/data/v${version}/jobs/ingest?queryLocator=${page.next}` }),
    records: page.jobs.map((job) => ({ ...common(job), jobType: 'V2Ingest', ...dialectInfo(job) })),
  }
}

/** `DELETE /jobs/ingest/{id}` (recorded: `doc-bulk2-delete`). */
export async function deleteJob(service: IngestService, call: IngestCall, reply: FastifyReply): Promise<void> {
  await service.delete(call.params.jobId)
  reply.code(204).send()
}

/** `GET /jobs/ingest/{id}/successfulResults` and its two siblings. */
export function jobResults(service: IngestService, kind: ResultKind, call: IngestCall, reply: FastifyReply): void {
  const { body } = service.results(call.params.jobId, kind)
  reply.type('text/csv; charset=UTF-8').send(body ?? '')
}

function common(job: IngestJob): object {
  return commonInfo(job, {
    ...(job.externalIdFieldName !== undefined && { externalIdFieldName: job.externalIdFieldName }),
    ...(job.assignmentRuleId !== undefined && { assignmentRuleId: job.assignmentRuleId }),
  })
}

/** Without a leading slash, as recorded. */
function contentUrl(job: IngestJob): string {
  return `services/data/v${job.version}/jobs/ingest/${job.id}/batches`
}
