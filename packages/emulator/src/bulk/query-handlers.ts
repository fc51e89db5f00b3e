import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { bulkError, jobNotFound } from './errors.ts'
import { commonInfo, dialectInfo } from './job-info.ts'
import { type ListQuery, nextListUrl } from './job-list.ts'
import type { QueryJobService } from './query-model.ts'
import { queryOrder } from './query-order.ts'
import { objectBody } from './request-body.ts'

/** Path, query and body of the query job roads. */
export interface QueryJobRoute {
  Params: { version: string; jobId: string }
  Querystring: ListQuery & { locator?: string; maxRecords?: string }
  Body: unknown
}

type QueryJobCall = FastifyRequest<QueryJobRoute>

/** `POST /jobs/query` (recorded: `airbyte-bulk2-queryall-created`). */
export function createQueryJob(service: QueryJobService, call: QueryJobCall): object {
  const job = service.create(queryOrder(objectBody(call.body), call.params.version))
  return { ...commonInfo(job), ...dialectInfo(job) }
}

/** `GET /jobs/query/{id}`. */
export async function queryJobInfo(service: QueryJobService, call: QueryJobCall): Promise<object> {
  const job = await service.read(call.params.jobId)
  return {
    ...commonInfo(job),
    jobType: 'V2Query',
    ...dialectInfo(job),
    ...(job.errorMessage !== undefined && { errorMessage: job.errorMessage }),
    numberRecordsProcessed: job.processed,
    retries: 0,
    totalProcessingTime: job.processingTime,
  }
}

/** `PATCH /jobs/query/{id}`: abort (recorded: `doc-bulk2-query-aborted`). */
export function changeQueryState(service: QueryJobService, call: QueryJobCall): object {
  return commonInfo(service.setState(call.params.jobId, objectBody(call.body).state))
}

/** `GET /jobs/query`. */
export async function listQueryJobs(service: QueryJobService, call: QueryJobCall): Promise<object> {
  const { jobs, next } = await service.list(call.query)
  const road = `/services/data/v${call.params.version}/jobs/query`
  return {
    done: next === undefined,
    ...(next !== undefined && { nextRecordsUrl: nextListUrl(road, call.query, next) }),
    records: jobs.map((job) => ({ ...commonInfo(job), jobType: 'V2Query', ...dialectInfo(job) })),
  }
}

/** `DELETE /jobs/query/{id}`. */
export function deleteQueryJob(service: QueryJobService, call: QueryJobCall, reply: FastifyReply): void {
  service.delete(call.params.jobId)
  reply.code(204).send()
}

/** `GET /jobs/query/{id}/results`: the locator header says `null`, the word, on the last page. */
export function queryResults(service: QueryJobService, call: QueryJobCall, reply: FastifyReply): void {
  const { locator, maxRecords } = call.query
  const { jobId, version } = call.params
  const page = service.results(jobId, version, { locator, maxRecords: positive(maxRecords) })
  reply
    .header('Sforce-Locator', page.next ?? 'null')
    .header('Sforce-NumberOfRecords', page.rows)
    .type('text/csv; charset=UTF-8')
    .send(Readable.from(page.csv))
}

/** Oldest API version with /resultPages. */
const RESULT_PAGES_SINCE = 58

/** `GET /jobs/query/{id}/resultPages` (recorded: `doc-bulk2-resultpages`, with its lower-case next link). */
export function queryResultPages(service: QueryJobService, call: QueryJobCall): object {
  const { version, jobId } = call.params
  if (Number(version) < RESULT_PAGES_SINCE) throw jobNotFound()
  const { job, pages, next } = service.resultPages(jobId, version, call.query.locator)
  const base = `/services/data/v${version}/jobs/query/${job.id}`
  return {
    resultPages: pages.map((locator) => ({ resultUrl: `${base}/results?locator=${locator}` })),
    ...(next !== undefined && { nextRecordsUrl: `${base}/resultpages?locator=${next}` }),
    done: next === undefined,
  }
}

function positive(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw bulkError('API_ERROR', `Invalid value: '${text}' supplied for parameter: 'maxRecords'`)
}
