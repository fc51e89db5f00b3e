import { checkedFlag, checkedFunction, checkedOptions, checkedWholeNumber } from '../check.ts'
import { delimiterNamed } from '../csv/dialect.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import { checkedSoql } from '../query/soql-text.ts'
import { type RecordStream, recordStream } from '../record-stream.ts'
import { fieldConverters } from './field-types.ts'
import { isFinal, type QueryJob } from './job.ts'
import type { JobRoad } from './job-road.ts'
import { paged } from './paged.ts'
import { type BulkProgress, reporter } from './progress.ts'
import { queryPages } from './query-pages.ts'
import { byteBatches, rowBatches } from './result-batch.ts'
import { readResultPage } from './result-page.ts'
import { jobError, waitForJob } from './wait-for-job.ts'

/** How to run a bulk query. */
export interface BulkQueryOptions {
  /** Also deleted and archived records (`queryAll`). */
  readonly includeDeleted?: boolean | undefined
  /** Records of one result page. Default: Salesforce decides, and pages are fetched in parallel. */
  readonly maxRecords?: number | undefined
  /** Told about each look at the job and about downloaded records. What it throws is ignored. */
  readonly onProgress?: ((progress: BulkProgress) => void) | undefined
}

/** The records of a query job, and the same as CSV. */
export interface QueryResults<T> extends RecordStream<T> {
  /**
   * The CSV as Salesforce wrote it, its header once, in chunks as they come: a chunk may end within a line. `onProgress`
   * is told about it page by page.
   */
  csv(): AsyncIterable<Uint8Array>
}

/**
 * A bulk query. The job is created at the first pull, or by `job()`, and only once: another loop reads its results
 * again. Leaving a loop early stops the download and leaves the job alone.
 */
export interface BulkQuery<T> extends QueryResults<T> {
  /** Creates the job if it is not there yet, and answers its info of that moment without waiting for it. */
  job(): Promise<QueryJob>
}

/** Prepares a bulk query; nothing is sent yet. */
export function bulkQuery<T>(
  road: JobRoad<QueryJob>,
  soql: string,
  options: BulkQueryOptions | undefined,
  call: CallOptions,
): BulkQuery<T> {
  const query = checkedSoql(soql)
  const given = checkedOptions('bulk.query', options, ['includeDeleted', 'maxRecords', 'onProgress'])
  const { includeDeleted = false, maxRecords, onProgress } = given
  checkedFlag('includeDeleted', includeDeleted)
  if (maxRecords !== undefined) checkedWholeNumber('maxRecords', maxRecords, 1)
  if (onProgress !== undefined) checkedFunction('onProgress', onProgress)
  const report = reporter(onProgress)
  let job: Promise<QueryJob> | undefined
  const create = (): Promise<QueryJob> => {
    const operation = includeDeleted ? 'queryAll' : 'query'
    const created = road.create({ operation, query, contentType: 'CSV' }, call)
    job = created
    created.catch(() => {
      if (job === created) job = undefined
    })
    return created
  }
  const start = (): Promise<QueryJob> => job ?? create()
  const finish = async (signal: AbortSignal): Promise<QueryJob> => {
    const known = await start()
    if (isFinal(known)) return known
    const finished = await waitForJob(road, known.id, { ...call, signal }, ({ id, numberRecordsProcessed = 0 }) => {
      report({ phase: 'processing', rows: numberRecordsProcessed, jobId: id })
    })
    job = Promise.resolve(finished)
    return finished
  }
  return { ...queryResults<T>(road.connection, finish, maxRecords, report, call), job: start }
}

/**
 * The results of a query job.
 * @param finish answers the job info once the job has come to its end.
 */
export function queryResults<T>(
  connection: Connection,
  finish: (signal: AbortSignal) => Promise<QueryJob>,
  maxRecords: number | undefined,
  report: (progress: Omit<BulkProgress, 'bytes' | 'jobs'>) => void,
  call: CallOptions,
): QueryResults<T> {
  let converters: Awaited<ReturnType<typeof fieldConverters>> | undefined

  async function complete(signal: AbortSignal): Promise<QueryJob> {
    const job = await finish(signal)
    const error = jobError(job)
    if (error !== undefined) throw error
    if (isFinal(job)) return job
    throw new ConfigurationError(
      `Bulk query job ${job.id} is still ${job.state}; its results are there when it is JobComplete. Wait for it first.`,
    )
  }

  /** Counts what was downloaded over all pages of one loop. */
  function downloads(job: QueryJob): (count: number) => void {
    let rows = 0
    const known = job.numberRecordsProcessed
    return (count) => {
      rows += count
      report({ phase: 'downloading', rows, ...(known === undefined ? {} : { total: known }), jobId: job.id })
    }
  }

  async function* records(signal: AbortSignal): AsyncGenerator<T[], void, undefined> {
    const job = await complete(signal)
    const inLoop: CallOptions = { ...call, signal }
    converters ??= await fieldConverters(connection, job.object, inLoop)
    const convert = converters
    const downloaded = downloads(job)
    const delimiter = delimiterNamed(job.columnDelimiter)
    for await (const page of queryPages(connection, job, maxRecords, inLoop)) {
      for await (const batch of readResultPage(connection, page, () => rowBatches(delimiter, convert), inLoop)) {
        downloaded(batch.count)
        yield batch.records as T[]
      }
    }
  }

  async function* bytes(signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
    const job = await complete(signal)
    const inLoop: CallOptions = { ...call, signal }
    const downloaded = downloads(job)
    const columnDelimiter = delimiterNamed(job.columnDelimiter)
    let withoutHeader = false
    for await (const page of queryPages(connection, job, maxRecords, inLoop)) {
      const options = { columnDelimiter, withoutHeader }
      const read = (counted: boolean): ReturnType<typeof byteBatches> => byteBatches({ ...options, counted })
      for await (const { count, records } of readResultPage(connection, page, read, inLoop)) {
        downloaded(count)
        if (records.length > 0) yield records
      }
      withoutHeader = true
    }
  }

  return {
    ...recordStream<T>((signal) => paged(records(signal)), call.signal),
    csv: () => ({ [Symbol.asyncIterator]: () => stoppable(bytes, call.signal) }),
  }
}

/** Runs a generator with a signal that is aborted when its loop is left early. */
async function* stoppable<T>(
  open: (signal: AbortSignal) => AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, undefined> {
  const stop = new AbortController()
  let ended = false
  try {
    for await (const item of open(signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]))) {
      signal?.throwIfAborted()
      yield item
    }
    ended = true
  } finally {
    if (!ended) stop.abort()
  }
}
