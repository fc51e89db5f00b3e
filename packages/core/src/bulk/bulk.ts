import { checkedCall } from '../http/call-options.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import type { RecordStream } from '../record-stream.ts'
import type { IngestCheckpoint } from './checkpoint.ts'
import { type BulkIncrement, bulkIncrement, type IncrementOptions } from './increment.ts'
import { type BulkIngest, bulkIngest } from './ingest.ts'
import { type IngestOptions, settleIngestOptions } from './ingest-options.ts'
import { type IngestResults, ingestResults } from './ingest-results.ts'
import { checkedSource, type IngestSource } from './ingest-source.ts'
import type { IngestJob, QueryJob } from './job.ts'
import { checkedFilters, type JobFilters } from './job-filters.ts'
import { checkedJobId, checkedJobIds } from './job-ids.ts'
import { JobRoad } from './job-road.ts'
import { type BulkQuery, bulkQuery, endedQuery, resumedQuery } from './query.ts'
import type { BulkQueryOptions, QueryReadOptions } from './query-options.ts'
import type { QueryResults } from './query-results.ts'
import { type ResumeOptions, resumeIngest } from './resume.ts'

/** What can be done with jobs by their Id, whoever started them. */
export interface Jobs<J, R> {
  /** All jobs of the last seven days that the user may see; entries lack the counters. */
  list(filters?: JobFilters, call?: CallOptions): RecordStream<J>
  /** Job info with its counters. */
  get(id: string, call?: CallOptions): Promise<J>
  /** Ends a job that has not come to its end; rows done stay done. */
  abort(id: string, call?: CallOptions): Promise<J>
  /** Deletes a job that has come to its end, and its data. */
  delete(id: string, call?: CallOptions): Promise<void>
  /**
   * The results of a job that has come to its end. Nothing is sent before the first pull, which is refused with a
   * ConfigurationError where the job still runs.
   */
  results(id: string, call?: CallOptions): R
}

/** Bulk API 2.0. */
export interface Bulk {
  /**
   * Loads any number of rows, or a CSV, in as many jobs as it takes.
   *
   * In a row `null` empties its field, as does an empty list (of a multi-select picklist) or, for the columns of a parent
   * record, a parent that is `null`. `undefined` and `''` leave the field alone, as do empty cells of a CSV.
   *
   * @throws ConfigurationError at once when an option is wrong.
   * @example
   * ```ts
   * const load = salesforce.bulk.ingest({ object: 'Account', operation: 'upsert', externalIdField: 'Code__c' }, rows)
   * const { rows, failed } = await load.run()
   * for await (const row of load.failed()) console.log(row.sf__Error)
   * ```
   */
  ingest(options: IngestOptions, source: IngestSource, call?: CallOptions): BulkIngest
  /**
   * Goes on with a load that was interrupted, also in another process. From a checkpoint: looks at its jobs, waits for
   * those that have their rows, and loads the rows of the source that are in none, so that each row is loaded once. Rows
   * that a failed or aborted job never came to are loaded again; those of a job that is still open as well, which is
   * aborted. The source is read again from its start and must give the same rows in the same order (a query needs ORDER
   * BY); once the whole input is in jobs it may be left out. The first and the last row of each job are compared, and
   * nothing is sent of a source where they are others.
   *
   * A checkpoint is used up by resuming: give an `onCheckpoint` of its own, and keep what it is told in place of the old
   * one, which would insert the same rows again. Rows that could not be sent count as `rejected`; `failed()` lists them only
   * where the source is given, which is then read again, as it is for `positions`.
   *
   * From the Ids of jobs: waits for them, and answers for their counts and results; takes no source.
   *
   * @param from - A checkpoint of `bulk.ingest`, the Id of a job, or a list of Ids.
   * @param source - A stream that need not be read is destroyed all the same.
   * @throws ConfigurationError at once when the checkpoint, an Id or an option is wrong.
   * @example
   * ```ts
   * const checkpoint = JSON.parse(await readFile('checkpoint.json', 'utf8'))
   * const onCheckpoint = (next: IngestCheckpoint) => writeFile('checkpoint.json', JSON.stringify(next))
   * const rest = salesforce.bulk.resume(checkpoint, createReadStream('accounts.csv'), { onCheckpoint })
   * const { rows, failed } = await rest.run()
   * ```
   */
  resume(
    from: IngestCheckpoint | string | readonly string[],
    source?: IngestSource,
    options?: ResumeOptions,
  ): BulkIngest
  /**
   * Extracts records by a query job. Not for GROUP BY, OFFSET, TYPEOF, aggregates or child sub-queries.
   *
   * @throws ConfigurationError at once when an option is wrong.
   */
  query<T = Record<string, unknown>>(soql: string, options?: BulkQueryOptions, call?: CallOptions): BulkQuery<T>
  /**
   * Goes on with a query job by its Id, also one of another process: waits until it has come to its end, then reads its
   * results. Salesforce keeps them for seven days. The results of several jobs follow each other as those of one; `csv()`
   * of jobs with different headers ends in a ConfigurationError, since one CSV has one header.
   *
   * @throws ConfigurationError at once when the Id or an option is wrong; a BulkJobError from the loop when the job has
   * failed or was aborted, a NotFoundError when there is no such job.
   */
  resumeQuery<T = Record<string, unknown>>(
    jobId: string | readonly string[],
    options?: QueryReadOptions,
    call?: CallOptions,
  ): BulkQuery<T>
  /**
   * Extracts what has changed since the increment before: the records whose SystemModstamp lies in the time from `after`
   * (excluded) to `until()`, by the clock of Salesforce, whatever the clock of this machine says. No change is missed when
   * each increment gets the `until()` of the one before; a record that changes again is in the next one too. With
   * `includeDeleted` deleted records are among them (`IsDeleted`).
   *
   * @throws ConfigurationError at once when an option is wrong or the query has LIMIT, OFFSET or GROUP BY.
   * @example
   * ```ts
   * const changes = salesforce.bulk.increment('SELECT Id, Name FROM Account', { after: stored })
   * for await (const account of changes) await copy(account)
   * stored = await changes.until()
   * ```
   */
  increment<T = Record<string, unknown>>(soql: string, options?: IncrementOptions, call?: CallOptions): BulkIncrement<T>
  /** Jobs that load rows. */
  readonly ingestJobs: Jobs<IngestJob, IngestResults>
  /** Jobs that extract records. */
  readonly queryJobs: Jobs<QueryJob, QueryResults<Record<string, unknown>>>
}

/** Makes the bulk part of a client. */
export function createBulk(connection: Connection): Bulk {
  const ingestRoad = new JobRoad<IngestJob>(connection, 'ingest')
  const queryRoad = new JobRoad<QueryJob>(connection, 'query')
  return {
    ingest: (options, source, call) =>
      bulkIngest(
        ingestRoad,
        { options: settleIngestOptions(options), source: checkedSource(source), checkpoint: undefined },
        checkedCall(call),
      ),
    resume: (from, source, options) => resumeIngest(ingestRoad, from, source, options),
    query: (soql, options, call) => bulkQuery(queryRoad, soql, options, checkedCall(call)),
    increment: (soql, options, call) => bulkIncrement(queryRoad, soql, options, checkedCall(call)),
    resumeQuery: (id, options, call) =>
      resumedQuery(queryRoad, Array.isArray(id) ? checkedJobIds(id) : checkedJobId(id), options, checkedCall(call)),
    ingestJobs: {
      ...callsOf(ingestRoad),
      results: (id, call) => ingestResults(ingestRoad, checkedJobId(id), checkedCall(call)),
    },
    queryJobs: {
      ...callsOf(queryRoad),
      results: (id, call) => endedQuery(queryRoad, checkedJobId(id), checkedCall(call)),
    },
  }
}

function callsOf<J extends IngestJob | QueryJob>(road: JobRoad<J>): Omit<Jobs<J, never>, 'results'> {
  return {
    list: (filters, call) => road.list(checkedFilters(filters), checkedCall(call)),
    get: async (id, call) => road.get(checkedJobId(id), call),
    abort: async (id, call) => road.abort(checkedJobId(id), call),
    delete: async (id, call) => road.delete(checkedJobId(id), call),
  }
}
