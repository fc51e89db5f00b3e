import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { OrgSchema } from '../schema/org-schema.ts'
import type { ResultKind } from './ingest-files.ts'
import { type IngestJob, isOver } from './ingest-job.ts'
import type { IngestService } from './ingest-model.ts'
import { ingestOrder } from './ingest-order.ts'
import { commonInfo, dialectInfo } from './job-info.ts'
import { type ListQuery, nextListUrl } from './job-list.ts'
import { MultipartJob } from './multipart-job.ts'
import { objectBody } from './request-body.ts'

/** Path, query and body of the ingest roads. */
export interface IngestRoute {
  Params: { version: string; jobId: string }
  Querystring: ListQuery
  Body: unknown
}

type IngestCall = FastifyRequest<IngestRoute>

/** `POST /jobs/ingest` (recorded: `doc-bulk2-open`); with its data in the same request the job is closed at once. */
export async function createJob(service: IngestService, schema: OrgSchema, call: IngestCall): Promise<object> {
  const { body, params } = call
  if (!(body instanceof MultipartJob)) {
    const job = service.create(ingestOrder(schema, objectBody(body), params.version))
    return { ...common(job), contentUrl: contentUrl(job), ...dialectInfo(job) }
  }
  const job = service.create(ingestOrder(schema, objectBody(body.order), params.version))
  await service.upload(job.id, Readable.from([Buffer.from(body.content)]))
  await service.setState(job.id, 'UploadComplete')
  return { ...common(job), ...dialectInfo(job) }
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

/** `GET /jobs/ingest`: the jobs asked for in the order of their creation, without counters. */
export async function listJobs(service: IngestService, call: IngestCall): Promise<object> {
  const { jobs, next } = await service.list(call.query)
  const road = `/services/data/v${call.params.version}/jobs/ingest`
  return {
    done: next === undefined,
    ...(next !== undefined && { nextRecordsUrl: nextListUrl(road, call.query, next) }),
    records: jobs.map((job) => ({ ...common(job), jobType: 'V2Ingest', ...dialectInfo(job) })),
  }
}

/** `DELETE /jobs/ingest/{id}` (recorded: `doc-bulk2-delete`). */
export function deleteJob(service: IngestService, call: IngestCall, reply: FastifyReply): void {
  service.delete(call.params.jobId)
  reply.code(204).send()
}

/** `GET /jobs/ingest/{id}/successfulResults` and its two siblings. */
export function jobResults(service: IngestService, kind: ResultKind, call: IngestCall, reply: FastifyReply): void {
  reply.type('text/csv; charset=UTF-8').send(service.results(call.params.jobId, kind) ?? '')
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
