import type { CallOptions } from '../http/connection.ts'
import { checkedSoql } from '../query/soql-text.ts'
import type { QueryJob } from './job.ts'
import type { JobRoad } from './job-road.ts'
import type { ProgressListener } from './progress.ts'
import {
  type BulkQueryOptions,
  type QueryReadOptions,
  type SettledReadOptions,
  settleQueryOptions,
  settleReadOptions,
} from './query-options.ts'
import { QueryProgress } from './query-progress.ts'
import { type QueryResults, queryResults } from './query-results.ts'
import { QueryRun, tellWayOn } from './query-run.ts'

/**
 * A bulk query. The job is created at the first pull, or by `job()`, and only once: another loop reads its results
 * again. Leaving a loop early stops the download; a job that is still running is left alone, unless `abortOnReturn`.
 */
export interface BulkQuery<T> extends QueryResults<T> {
  /** Creates the job if it is not there yet, and answers its info of that moment without waiting for it. */
  job(): Promise<QueryJob>
  /**
   * Listens to how far it has come: at each look at the job, then with each piece that is downloaded, where rows and
   * bytes are those of the newest loop. The function that comes back stops it. A listener can neither fail nor delay
   * the query.
   */
  on(event: 'progress', listener: ProgressListener): () => void
}

/** Prepares a bulk query; nothing is sent yet. */
export function bulkQuery<T>(
  road: JobRoad<QueryJob>,
  soql: string,
  options: BulkQueryOptions | undefined,
  call: CallOptions,
): BulkQuery<T> {
  const query = checkedSoql(soql)
  const settled = settleQueryOptions('bulk.query', options)
  const operation = settled.includeDeleted ? 'queryAll' : 'query'
  return oneJob(road, settled, call, (own) => road.create({ operation, query, contentType: 'CSV' }, own))
}

/** Goes on with a query job that is there already, whoever started it; nothing is sent yet. */
export function resumedQuery<T>(
  road: JobRoad<QueryJob>,
  id: string,
  options: QueryReadOptions | undefined,
  call: CallOptions,
): BulkQuery<T> {
  return oneJob(road, settleReadOptions('bulk.resumeQuery', options), call, async (own) => {
    try {
      return await road.get(id, own)
    } catch (error) {
      throw tellWayOn(error, id)
    }
  })
}

function oneJob<T>(
  road: JobRoad<QueryJob>,
  options: SettledReadOptions,
  call: CallOptions,
  begin: (call: CallOptions) => Promise<QueryJob>,
): BulkQuery<T> {
  const { connection } = road
  const progress = new QueryProgress(connection.clock)
  const run = new QueryRun({ road, call, progress, abortOnReturn: options.abortOnReturn }, begin)
  async function* ended(signal: AbortSignal): AsyncGenerator<QueryJob, void, undefined> {
    yield await run.end(signal)
  }
  return {
    ...queryResults<T>({ connection, call, progress, ended }, options),
    job: () => run.job(),
    on: (event, listener) => progress.events.on(event, listener),
  }
}

/** The results of a query job that has come to its end. */
export function endedQuery<T>(road: JobRoad<QueryJob>, id: string, call: CallOptions): QueryResults<T> {
  const { connection } = road
  async function* ended(signal: AbortSignal): AsyncGenerator<QueryJob, void, undefined> {
    yield await road.get(id, { ...call, signal })
  }
  const progress = new QueryProgress(connection.clock)
  return queryResults<T>({ connection, call, progress, ended }, settleReadOptions('results', undefined))
}
