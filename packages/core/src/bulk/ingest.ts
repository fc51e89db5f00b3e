import { fromHere } from '../errors/from-here.ts'
import type { CallOptions } from '../http/connection.ts'
import type { IngestCheckpoint } from './checkpoint.ts'
import type { IngestCounts } from './ingest-ledger.ts'
import {
  type FailedRow,
  type IngestResult,
  ingestResult,
  type ResultKind,
  type SuccessfulRow,
} from './ingest-results.ts'
import { IngestRun, type IngestTask } from './ingest-run.ts'
import type { IngestJob } from './job.ts'
import type { JobRoad } from './job-road.ts'
import { loadEnd } from './load-end.ts'
import type { ProgressListener } from './progress.ts'
import type { ResultRow } from './result-batch.ts'

/** What became of a load. */
export interface IngestSummary extends IngestCounts {
  /** The jobs in the order of the input, with their counters; those of second passes come last. */
  readonly jobs: IngestJob[]
}

/**
 * A load by Bulk API 2.0. It starts when one of its methods is called (or the first row of a stream is pulled), runs
 * once, and the same object then answers for it.
 *
 * When a job fails or an upload breaks off, no further jobs are started, the uploaded ones are waited for, and then the
 * error is thrown; the streams still tell what became of the rows that were sent, and end in that error unless `run()`
 * was called and has told it. Such an error names the jobs of the load, and `bulk.resume(load.checkpoint, source)`
 * completes it, unless it says what else helps. Aborting the call's signal aborts the jobs that have not come to their
 * end; closing the client leaves them alone, and a warning names them.
 */
export interface BulkIngest {
  /**
   * Creates and uploads all jobs without waiting for their end. No rows, no jobs, no request. Rejects when not all rows
   * were uploaded: beside `run()` or a stream, which wait for the jobs, also because one of these has failed.
   */
  upload(): Promise<IngestJob[]>
  /**
   * Uploads, waits for every job, loads locked rows again, and counts.
   * @throws ConfigurationError before any request when the input cannot be loaded.
   * @throws BulkJobError when a job ended as Failed or Aborted.
   * @throws ProtocolError when Salesforce does not account for every row.
   * @throws TimeoutError when a job took longer than `waitTimeout`.
   */
  run(): Promise<IngestSummary>
  /** The rows that Salesforce took, job after job. */
  successful(): IngestResult<SuccessfulRow>
  /**
   * The rows that Salesforce refused for good, job after job, and then those that could not be sent to it, as far as the
   * source was read: where `bulk.resume` is given none, they are in the counts only.
   */
  failed(): IngestResult<FailedRow>
  /** The rows that failed or aborted jobs never came to. */
  unprocessed(): IngestResult<ResultRow>
  /** The newest info of the jobs so far, in the order of the input. */
  readonly jobs: readonly IngestJob[]
  /**
   * The rows so far that could not be sent to Salesforce; all of them once `upload()` or `run()` is done. They alone stay in
   * memory, about 200 bytes and its own values each.
   */
  readonly rejected: readonly FailedRow[]
  /** What became of the rows so far. */
  readonly counts: IngestCounts
  /** What `bulk.resume` needs at this moment to go on with the load in another process. */
  readonly checkpoint: IngestCheckpoint
  /**
   * Tells a listener how far the load has come: while rows without declared columns are read ahead, at each upload, and
   * at each look at a job. The function that comes back removes the listener; what a listener throws is ignored.
   */
  on(event: 'progress', listener: ProgressListener): () => void
}

/** Prepares a load, or the rest of one; nothing is read or sent yet. */
export function bulkIngest(road: JobRoad<IngestJob>, task: IngestTask, call: CallOptions): BulkIngest {
  const run = new IngestRun(road, task, call)
  let told = false
  const results = <T>(kind: ResultKind): IngestResult<T> =>
    ingestResult<T>(road, kind, (signal) => loadEnd(run, kind, () => told, signal), { ...call, signal: run.ending })
  const jobs = (): IngestJob[] => run.ledger.uploaded.map(({ job }) => job)
  return {
    async upload() {
      await toCaller(run.upload())
      return jobs()
    },
    async run() {
      told = true
      await toCaller(run.run())
      return { jobs: jobs(), ...run.counts }
    },
    successful: () => results('successful'),
    failed: () => results('failed'),
    unprocessed: () => results('unprocessed'),
    get jobs() {
      return jobs()
    },
    get rejected() {
      return run.rejected
    },
    get counts() {
      return run.counts
    },
    get checkpoint() {
      return run.checkpoint
    },
    on: (event, listener) => run.progress.on(event, listener),
  }
}

async function toCaller<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw fromHere(error)
  }
}
