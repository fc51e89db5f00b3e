import { checkedOptions } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { CallOptions } from '../http/connection.ts'
import { checkedSoql } from '../query/soql-text.ts'
import { checkSplittable, IdRangeQuery, loopAgain, tookTooLong } from './id-range-query.ts'
import type { QueryJob } from './job.ts'
import type { JobRoad } from './job-road.ts'
import type { ProgressListener } from './progress.ts'
import {
  type BulkQueryOptions,
  type QueryReadOptions,
  queryOptions,
  type SettledQueryOptions,
  type SettledReadOptions,
  settleQueryOptions,
  settleReadOptions,
} from './query-options.ts'
import { QueryProgress } from './query-progress.ts'
import { completeJobs, type QueryResults, queryResults, type ResultSource } from './query-results.ts'
import { goesOn, QueryRun, type QuerySetting, tellWayOn } from './query-run.ts'
import { jobError } from './wait-for-job.ts'

/**
 * A bulk query. Its job is created at the first pull, or by `job()`, and only once: another loop reads its results
 * again. Leaving a loop early stops the download; a job that is still running is left alone, unless `abortOnReturn`.
 */
export interface BulkQuery<T> extends QueryResults<T> {
  /**
   * Creates the job if it is not there yet, and answers its info of that moment without waiting for it.
   *
   * @throws ConfigurationError for a query of several jobs (`idRanges`): `jobs()` answers these.
   */
  job(): Promise<QueryJob>
  /**
   * The info of all jobs of which the results are made up, in the order of their records, once all have come to their
   * end: one job, or one for each range of `idRanges`.
   */
  jobs(): Promise<readonly QueryJob[]>
  /**
   * Listens to how far it has come: at each look at a job, then with each piece that is downloaded, where rows and
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
  const settled = settleQueryOptions(checkedOptions('bulk.query', options, queryOptions))
  if (settled.ranges !== undefined) checkSplittable(query)
  return preparedQuery(road, async () => query, settled, call)
}

/** A query whose text is known only once it begins. */
export function preparedQuery<T>(
  road: JobRoad<QueryJob>,
  soql: () => Promise<string>,
  options: SettledQueryOptions,
  call: CallOptions,
): BulkQuery<T> {
  const { includeDeleted, ranges } = options
  const setting = settingOf(road, options, call, ranges === undefined ? goesOn : rangesGoOn)
  const operation = includeDeleted ? 'queryAll' : 'query'
  const create = (query: string, own: CallOptions): Promise<QueryJob> =>
    road.create({ operation, query, contentType: 'CSV' }, own)
  if (ranges === undefined) {
    return oneJob(setting, options, new QueryRun(setting, async (own) => create(await soql(), own)))
  }
  const ranged = new IdRangeQuery(setting, { includeDeleted, count: ranges, soql, create })
  return severalJobs(setting, options, (signal, failed) => ranged.ended(signal, failed))
}

/** Goes on with query jobs that are there already, whoever started them; nothing is sent yet. */
export function resumedQuery<T>(
  road: JobRoad<QueryJob>,
  ids: string | readonly string[],
  options: QueryReadOptions | undefined,
  call: CallOptions,
): BulkQuery<T> {
  const settled = settleReadOptions('bulk.resumeQuery', options)
  const wayOn = typeof ids === 'string' ? goesOn : (): string => 'bulk.resumeQuery with the same Ids goes on with all.'
  const setting = settingOf(road, settled, call, wayOn)
  const runOf = (id: string): QueryRun =>
    new QueryRun(setting, async (own) => {
      try {
        return await road.get(id, own)
      } catch (error) {
        throw tellWayOn(error, id, wayOn)
      }
    })
  if (typeof ids === 'string') return oneJob(setting, settled, runOf(ids))
  const runs = ids.map(runOf)
  setting.progress.expected = runs.length
  return severalJobs(setting, settled, async function* ended(signal) {
    for (const run of runs) yield await run.end(signal)
  })
}

/** The results of a query job that has come to its end. */
export function endedQuery<T>(road: JobRoad<QueryJob>, id: string, call: CallOptions): QueryResults<T> {
  const { connection } = road
  async function* ended(signal: AbortSignal): AsyncGenerator<QueryJob, void, undefined> {
    yield await road.get(id, { ...call, signal })
  }
  const progress = new QueryProgress(connection.clock)
  return queryResults<T>({ connection, call, progress, wayOn: goesOn, ended }, settleReadOptions('results', undefined))
}

function settingOf(
  road: JobRoad<QueryJob>,
  { abortOnReturn }: SettledReadOptions,
  call: CallOptions,
  wayOn: QuerySetting['wayOn'],
): QuerySetting {
  return { road, call, progress: new QueryProgress(road.connection.clock), abortOnReturn, wayOn }
}

/** A range alone is not the query, and others may have no job yet. */
function rangesGoOn(): string {
  return `it is one of several ranges of the query. ${loopAgain}`
}

function oneJob<T>(setting: QuerySetting, options: SettledReadOptions, run: QueryRun): BulkQuery<T> {
  async function* ended(signal: AbortSignal): AsyncGenerator<QueryJob, void, undefined> {
    const job = await run.end(signal)
    const error = tookTooLong(job) ? jobError(job) : undefined
    if (error === undefined) return yield job
    error.message += `${error.message.endsWith('.') ? '' : '.'} The option idRanges runs the query in parts that take less time.`
    throw error
  }
  return { ...severalJobs<T>(setting, options, ended), job: () => run.job() }
}

function severalJobs<T>(
  { road, call, progress, wayOn }: QuerySetting,
  options: SettledReadOptions,
  ended: ResultSource['ended'],
): BulkQuery<T> {
  const { connection } = road
  return {
    ...queryResults<T>({ connection, call, progress, wayOn, ended }, options),
    job: async () => {
      throw new ConfigurationError('The bulk query has several jobs; jobs() answers them.')
    },
    jobs: async () => {
      const jobs: QueryJob[] = []
      for await (const job of completeJobs(ended(call.signal ?? connection.closing, () => false))) jobs.push(job)
      return jobs
    },
    on: (event, listener) => progress.events.on(event, listener),
  }
}
