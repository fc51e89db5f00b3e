import { delimiterNamed } from '../csv/dialect.ts'
import type { FieldConverter } from '../csv/row-reader.ts'
import { SalesforceError } from '../errors/salesforce-error.ts'
import { withAdvice } from '../errors/with-advice.ts'
import type { CallOptions } from '../http/connection.ts'
import type { ResultKind } from './ingest-results.ts'
import type { IngestJob } from './job.ts'
import type { JobRoad } from './job-road.ts'
import { rowBatches } from './result-batch.ts'
import { type MakeReader, readResultPage } from './result-page.ts'

/** Salesforce spells the third in lower case. */
const resources: Readonly<Record<ResultKind, string>> = {
  successful: '/successfulResults',
  failed: '/failedResults',
  unprocessed: '/unprocessedrecords',
}

/**
 * Reads one kind of rows of a finished job in batches. The rows of a complete job must be as many as its counters say;
 * where they say none, nothing is asked for.
 */
export async function* readIngestResult<T>(
  road: JobRoad<IngestJob>,
  job: IngestJob,
  kind: ResultKind,
  call: CallOptions,
): AsyncGenerator<T[], void, undefined> {
  if (expectedRows(job, kind) === 0) return
  const reader = (): ReturnType<typeof rowBatches> => rowBatches(delimiterNamed(job.columnDelimiter), converters)
  for await (const records of readResult(road, job, kind, reader, call)) yield records as T[]
}

/** Reads one result of a job; its errors name the job, since another process can go on with that Id. */
export async function* readResult<T>(
  road: JobRoad<IngestJob>,
  job: IngestJob,
  kind: ResultKind,
  reader: MakeReader<T>,
  call: CallOptions,
): AsyncGenerator<T, void, undefined> {
  const path = road.address(job.id, resources[kind])
  const request = { method: 'GET', path, headers: { accept: 'text/csv' }, replay: 'always' } as const
  try {
    const page = { request, expected: expectedRows(job, kind) }
    for await (const { records } of readResultPage(road.connection, page, reader, call)) yield records
  } catch (error) {
    if (error instanceof SalesforceError && !error.message.includes(`'${job.id}'`)) {
      const advice = `Bulk job ${job.id} keeps its results; bulk.ingestJobs.results('${job.id}') reads them again.`
      throw withAdvice(error, advice)
    }
    throw error
  }
}

/** How many rows of a kind a complete job has by its counters; `undefined` where they do not say it. */
export function expectedRows(job: IngestJob, kind: ResultKind): number | undefined {
  const { state, numberRecordsProcessed: processed, numberRecordsFailed: failed } = job
  if (state !== 'JobComplete' || processed === undefined || failed === undefined) return undefined
  if (kind === 'unprocessed') return 0
  return kind === 'failed' ? failed : processed - failed
}

function converters(header: readonly string[]): (FieldConverter | undefined)[] {
  return header.map((name) => (name === 'sf__Created' ? (text) => text === 'true' : undefined))
}
