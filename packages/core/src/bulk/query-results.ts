import { delimiterNamed } from '../csv/dialect.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import { type RecordStream, recordStream } from '../record-stream.ts'
import { fieldConverters, textConverters } from './field-types.ts'
import type { QueryJob } from './job.ts'
import { paged } from './paged.ts'
import type { SettledReadOptions } from './query-options.ts'
import { queryPages } from './query-pages.ts'
import type { QueryProgress } from './query-progress.ts'
import { type QuerySetting, tellWayOn } from './query-run.ts'
import { type BatchReader, byteBatches, type ResultRow, rowBatches } from './result-batch.ts'
import { readResultPage } from './result-page.ts'
import { stoppable } from './stoppable.ts'
import { checkEnded, jobError } from './wait-for-job.ts'

/** The records of a query job, and the same as CSV. */
export interface QueryResults<T> extends RecordStream<T> {
  /**
   * The CSV as Salesforce wrote it, its header once, in chunks as they come: a chunk may end within a line.
   */
  csv(): AsyncIterable<Uint8Array>
}

/** Where results come from. */
export interface ResultSource {
  readonly connection: Connection
  readonly call: CallOptions
  readonly progress: QueryProgress
  readonly wayOn: QuerySetting['wayOn']
  /**
   * The jobs in the order of their records, each once it has come to its end. `failed` tells whether what leaves them
   * early is a failure to read their results.
   */
  readonly ended: (signal: AbortSignal, failed: () => boolean) => AsyncIterable<QueryJob>
}

/** Makes a reader for a page, which may be the first of all, or not. */
type MakePageReader<B> = (inFirst: boolean, counted: boolean) => BatchReader<B>

/** The results of query jobs, one job after the other. */
export function queryResults<T>(source: ResultSource, options: SettledReadOptions): QueryResults<T> {
  const { connection, call, progress, wayOn, ended } = source
  const { maxRecords, typed } = options
  const converters = new Map<string, ReturnType<typeof fieldConverters>>()

  /** One description of an object for all jobs and loops; one that failed is asked for again. */
  function convertersOf({ object }: QueryJob, inLoop: CallOptions): ReturnType<typeof fieldConverters> {
    const known = converters.get(object)
    if (known !== undefined) return known
    const asked = fieldConverters(connection, object, inLoop)
    converters.set(object, asked)
    asked.catch(() => converters.delete(object))
    return asked
  }

  async function* batches<B extends { readonly length: number }>(
    signal: AbortSignal,
    readerOf: (job: QueryJob, inLoop: CallOptions) => Promise<MakePageReader<B>>,
  ): AsyncGenerator<B, void, undefined> {
    const inLoop: CallOptions = { ...call, signal }
    const downloaded = progress.downloads()
    let first = true
    let failed = false
    for await (const job of completeJobs(ended(signal, () => failed))) {
      try {
        const makeReader = await readerOf(job, inLoop)
        for await (const page of queryPages(connection, job, maxRecords, inLoop)) {
          const inFirst = first
          const read = (counted: boolean): BatchReader<B> => makeReader(inFirst, counted)
          for await (const { records, count, bytes } of readResultPage(connection, page, read, inLoop)) {
            downloaded(job, count, bytes)
            if (records.length > 0) yield records
          }
          first = false
        }
      } catch (error) {
        failed = true
        throw error instanceof UnlikeJobs ? otherHeader(job) : tellWayOn(error, job.id, wayOn)
      }
    }
  }

  async function rowReader(job: QueryJob, inLoop: CallOptions): Promise<MakePageReader<ResultRow[]>> {
    const convert = typed ? await convertersOf(job, inLoop) : textConverters
    const delimiter = delimiterNamed(job.columnDelimiter)
    return () => rowBatches(delimiter, convert)
  }

  /** For one loop, since all headers must be that of its first page. */
  function byteReader(): (job: QueryJob) => Promise<MakePageReader<Uint8Array>> {
    let header: number | undefined
    return async (job) => {
      const columnDelimiter = delimiterNamed(job.columnDelimiter)
      const onHeader = (hash: number): void => {
        header ??= hash
        if (hash !== header && job.numberRecordsProcessed !== 0) throw new UnlikeJobs()
      }
      return (inFirst, counted) => byteBatches({ columnDelimiter, withoutHeader: !inFirst, counted, onHeader })
    }
  }

  return {
    ...recordStream<T>((signal) => paged(batches(signal, rowReader) as AsyncIterable<T[]>), call.signal),
    csv: () => stoppable((signal) => batches(signal, byteReader()), call.signal),
  }
}

/** Ends the reading of a CSV with another header than those before. */
class UnlikeJobs extends Error {}

function otherHeader({ id }: QueryJob): ConfigurationError {
  return new ConfigurationError(
    `The CSV of bulk query job ${id} has another header than those before, so that one CSV cannot hold them. ` +
      `Read the CSV of each job by itself, such as bulk.resumeQuery('${id}').csv(), or the records of all of them.`,
  )
}

/** Hands on jobs that are complete, and fails at one that is not. */
export async function* completeJobs(jobs: AsyncIterable<QueryJob>): AsyncGenerator<QueryJob, void, undefined> {
  for await (const job of jobs) {
    const error = jobError(job)
    if (error !== undefined) throw error
    checkEnded(job)
    yield job
  }
}
