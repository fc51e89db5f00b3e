import { fromHere } from '../errors/from-here.ts'
import type { CallOptions } from '../http/connection.ts'
import type { RecordStream } from '../record-stream.ts'
import type { SettledIngestOptions } from './ingest-options.ts'
import type { FailedRow, SuccessfulRow } from './ingest-results.ts'
import { IngestRun } from './ingest-run.ts'
import type { IngestSource } from './ingest-source.ts'
import type { IngestJob } from './job.ts'
import type { JobRoad } from './job-road.ts'
import type { ResultRow } from './result-batch.ts'

/** What became of a load. `rows` = successes + `failed` + `unprocessed`. */
export interface IngestSummary {
  /** The jobs in the order of the input, with their counters. */
  readonly jobs: IngestJob[]
  /** Rows of the input. */
  readonly rows: number
  /** Rows that Salesforce worked on, refused ones included. */
  readonly processed: number
  /** Rows that Salesforce refused, and rows that could not be sent to it. */
  readonly failed: number
  /** Rows that Salesforce never came to; 0 when every job is complete. */
  readonly unprocessed: number
}

/**
 * A load by Bulk API 2.0. It starts when one of its methods is called (or the first row of a stream is pulled), runs
 * once, and the same object then answers for it.
 *
 * When a job fails or an upload breaks off, no further jobs are started, the uploaded ones are waited for, and then the
 * error is thrown; the streams still tell what became of the rows that were sent, and end in that error unless `run()`
 * was called and has told it. Aborting the call's signal aborts the
 * jobs that have not come to their end.
 */
export interface BulkIngest {
  /** Creates and uploads all jobs without waiting for their end. No rows, no jobs, no request. */
  upload(): Promise<IngestJob[]>
  /**
   * Uploads, waits for every job, and counts.
   * @throws ConfigurationError before any request when the input cannot be loaded.
   * @throws BulkJobError when a job ended as Failed or Aborted.
   * @throws ProtocolError when Salesforce does not account for every row.
   */
  run(): Promise<IngestSummary>
  /** The rows that Salesforce took, job after job. */
  successful(): RecordStream<SuccessfulRow>
  /** The rows that Salesforce refused, job after job, and then those that could not be sent to it. */
  failed(): RecordStream<FailedRow>
  /** The rows that failed or aborted jobs never came to. */
  unprocessed(): RecordStream<ResultRow>
  /** The newest info of the jobs so far, in the order of the input. */
  readonly jobs: readonly IngestJob[]
  /** The rows so far that could not be sent to Salesforce; all of them once `upload()` or `run()` is done. */
  readonly rejected: readonly FailedRow[]
}

/** Prepares a load; nothing is read or sent yet. */
export function bulkIngest(
  road: JobRoad<IngestJob>,
  options: SettledIngestOptions,
  source: IngestSource,
  call: CallOptions,
): BulkIngest {
  const ingest = new IngestRun(road, options, source, call)
  return {
    upload: () => toCaller(ingest.upload()),
    run: () => toCaller(ingest.told()),
    successful: () => ingest.results('successful'),
    failed: () => ingest.results('failed', true),
    unprocessed: () => ingest.results('unprocessed'),
    get jobs() {
      return ingest.jobs
    },
    get rejected() {
      return ingest.rejected
    },
  }
}

async function toCaller<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw fromHere(error)
  }
}
