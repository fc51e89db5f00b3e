import type { CallOptions } from '../http/connection.ts'
import { type RecordStream, recordStream } from '../record-stream.ts'
import { csvOf } from './ingest-csv.ts'
import type { SettledIngestOptions } from './ingest-options.ts'
import { readIngestResult } from './ingest-rows.ts'
import type { IngestJob } from './job.ts'
import type { JobRoad } from './job-road.ts'
import { paged } from './paged.ts'
import type { RejectedRows } from './rejected-rows.ts'
import type { ResultRow } from './result-batch.ts'
import type { RowPositions } from './row-positions.ts'
import { stoppable } from './stoppable.ts'
import { checkEnded } from './wait-for-job.ts'

/** A row that Salesforce took: its Id, whether it is new, and the columns as Salesforce hands them back (all text). */
export interface SuccessfulRow extends Record<string, unknown> {
  /** Id of the record. */
  readonly sf__Id: string
  /** True when the record was inserted, false when it was there before. */
  readonly sf__Created: boolean
  /** With `positions`: where the row was in the input, counted from 0. Absent where nobody knows. */
  readonly sf__Row?: number
}

/**
 * A row that was refused, by Salesforce or before it was sent. Its columns are named as they are sent: by fields, after
 * `rename` and with parents as `Parent__r.Key`.
 */
export interface FailedRow extends Record<string, unknown> {
  /** The record that was meant, where Salesforce knows it; else empty. */
  readonly sf__Id: string
  /** Why the row was refused: `CODE:message:fields --`. */
  readonly sf__Error: string
  /** With `positions`: where the row was in the input, counted from 0. Absent where nobody knows. */
  readonly sf__Row?: number
}

/** One kind of rows, and the same as CSV. */
export interface IngestResult<T> extends RecordStream<T> {
  /**
   * The lines as Salesforce wrote them, one CSV with one header whatever the number of jobs, in chunks as they come. With
   * `failed()` the rows that could not be sent come at its end, in the same columns.
   *
   * @throws ConfigurationError when two jobs, resumed by their Ids, have different columns.
   */
  csv(): AsyncIterable<Uint8Array>
}

/** The rows of an ingest job, by what became of them. Not in the order of the input: match them by a column. */
export interface IngestResults {
  /** Rows that were done, as Salesforce took them. */
  successful(): IngestResult<SuccessfulRow>
  /** Rows that Salesforce refused. */
  failed(): IngestResult<FailedRow>
  /** Rows that a failed or aborted job never came to. */
  unprocessed(): IngestResult<ResultRow>
}

/** Names one kind of rows. */
export type ResultKind = keyof IngestResults

/** A job that has come to its end, and which of its rows count: a row that another job took over is told there. */
export interface EndedJob {
  readonly job: IngestJob
  /** Asked once for each row, in their order; what it is asked about has the column `sf__Error` of a failed row. */
  readonly keeps?: ((row: ResultRow) => boolean) | undefined
}

/** What a load has come to. */
export interface LoadEnd {
  readonly jobs: readonly EndedJob[]
  /** The rows that were not sent, and how they would have been. */
  readonly rejected?: { readonly rows: RejectedRows; readonly options: SettledIngestOptions } | undefined
  /** Where rows were in the input, if that was asked for. */
  readonly positions?: Pick<RowPositions, 'of'> | undefined
  /** Why it broke off: thrown behind the rows that there are. */
  readonly failure?: { readonly error: unknown } | undefined
}

/** The results of a job by its Id; its info is read first, for the delimiter and for the counts to check against. */
export function ingestResults(road: JobRoad<IngestJob>, id: string, call: CallOptions): IngestResults {
  const end = async (signal: AbortSignal): Promise<LoadEnd> => {
    const job = await road.get(id, { ...call, signal })
    checkEnded(job)
    return { jobs: [{ job }] }
  }
  return {
    successful: () => ingestResult(road, 'successful', end, call),
    failed: () => ingestResult(road, 'failed', end, call),
    unprocessed: () => ingestResult(road, 'unprocessed', end, call),
  }
}

/**
 * One kind of rows of a load.
 * @param ended answers what the load has come to, once it has; asked at the first pull of each loop.
 */
export function ingestResult<T>(
  road: JobRoad<IngestJob>,
  kind: ResultKind,
  ended: (signal: AbortSignal) => Promise<LoadEnd>,
  call: CallOptions,
): IngestResult<T> {
  async function* rows(signal: AbortSignal): AsyncGenerator<T[], void, undefined> {
    const { jobs, rejected, positions, failure } = await ended(signal)
    for (const { job, keeps } of jobs) {
      for await (const records of readIngestResult<ResultRow>(road, job, kind, { ...call, signal })) {
        const kept = keeps === undefined ? records : records.filter(keeps)
        if (positions !== undefined) for (const row of kept) place(row, positions.of(row))
        yield kept as T[]
      }
    }
    if (kind === 'failed' && rejected !== undefined) yield [...rejected.rows.rows] as unknown[] as T[]
    if (failure !== undefined) throw failure.error
  }
  async function* csv(signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
    const { jobs, rejected, failure } = await ended(signal)
    const header = yield* csvOf(road, jobs, kind, { ...call, signal })
    if (kind === 'failed' && rejected !== undefined && rejected.rows.rows.length > 0) {
      yield* rejected.rows.csv(header, rejected.options)
    }
    if (failure !== undefined) throw failure.error
  }
  return { ...recordStream<T>((signal) => paged(rows(signal)), call.signal), csv: () => stoppable(csv, call.signal) }
}

function place(row: ResultRow, position: number | undefined): void {
  if (position !== undefined) row.sf__Row = position
}
