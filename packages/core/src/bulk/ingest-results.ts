import { delimiterNamed } from '../csv/dialect.ts'
import type { FieldConverter } from '../csv/row-reader.ts'
import type { ApiRequest, CallOptions } from '../http/connection.ts'
import { type RecordStream, recordStream } from '../record-stream.ts'
import type { IngestJob } from './job.ts'
import type { JobRoad } from './job-road.ts'
import { paged } from './paged.ts'
import { type ResultRow, rowBatches } from './result-batch.ts'
import { readResultPage } from './result-page.ts'

/** A row that Salesforce took: its Id, whether it is new, and the columns as Salesforce hands them back (all text). */
export interface SuccessfulRow extends Record<string, unknown> {
  /** Id of the record. */
  readonly sf__Id: string
  /** True when the record was inserted, false when it was there before. */
  readonly sf__Created: boolean
}

/** A row that was refused. `sf__Error` reads `CODE:message:Field --`; the columns are those of the input. */
export interface FailedRow extends Record<string, unknown> {
  /** The record that was meant, where Salesforce knows it; else empty. */
  readonly sf__Id: string
  /** Why the row was refused: `CODE:message:fields --`. */
  readonly sf__Error: string
}

/** The rows of one ingest job, by what became of them. Not in the order of the input: match them by a column. */
export interface IngestResults {
  /** Rows that were done, as Salesforce took them. */
  successful(): RecordStream<SuccessfulRow>
  /** Rows that Salesforce refused. */
  failed(): RecordStream<FailedRow>
  /** Rows that a failed or aborted job never came to. */
  unprocessed(): RecordStream<ResultRow>
}

type Kind = keyof IngestResults

/** Salesforce spells the third in lower case. */
const resources: Readonly<Record<Kind, string>> = {
  successful: '/successfulResults',
  failed: '/failedResults',
  unprocessed: '/unprocessedrecords',
}

/** The results of a job by its Id; its info is read first, for the delimiter and for the counts to check against. */
export function ingestResults(road: JobRoad<IngestJob>, id: string, call: CallOptions): IngestResults {
  const stream = <T>(kind: Kind): RecordStream<T> =>
    recordStream<T>((signal) => {
      const inLoop: CallOptions = { ...call, signal }
      return paged(readOne<T>(road, id, kind, inLoop))
    }, call.signal)
  return {
    successful: () => stream('successful'),
    failed: () => stream('failed'),
    unprocessed: () => stream('unprocessed'),
  }
}

async function* readOne<T>(
  road: JobRoad<IngestJob>,
  id: string,
  kind: Kind,
  call: CallOptions,
): AsyncGenerator<T[], void, undefined> {
  yield* readIngestResult<T>(road, await road.get(id, call), kind, call)
}

/**
 * Reads one kind of rows of a finished job in batches. The rows of a complete job must be as many as its counters say;
 * where they say none, nothing is asked for.
 */
export async function* readIngestResult<T>(
  road: JobRoad<IngestJob>,
  job: IngestJob,
  kind: Kind,
  call: CallOptions,
): AsyncGenerator<T[], void, undefined> {
  const expected = expectedRows(job, kind)
  if (expected === 0) return
  const path = road.address(job.id, resources[kind])
  const request: ApiRequest = { method: 'GET', path, headers: { accept: 'text/csv' }, replay: 'always' }
  const reader = (): ReturnType<typeof rowBatches> => rowBatches(delimiterNamed(job.columnDelimiter), converters)
  for await (const { records } of readResultPage(road.connection, { request, expected }, reader, call)) {
    yield records as T[]
  }
}

function expectedRows(job: IngestJob, kind: Kind): number | undefined {
  const { state, numberRecordsProcessed: processed, numberRecordsFailed: failed } = job
  if (state !== 'JobComplete' || processed === undefined || failed === undefined) return undefined
  if (kind === 'unprocessed') return 0
  return kind === 'failed' ? failed : processed - failed
}

function converters(header: readonly string[]): (FieldConverter | undefined)[] {
  return header.map((name) => (name === 'sf__Created' ? (text) => text === 'true' : undefined))
}
