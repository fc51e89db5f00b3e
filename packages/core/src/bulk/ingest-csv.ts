import { delimiterNamed } from '../csv/dialect.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { CallOptions } from '../http/connection.ts'
import type { EndedJob, ResultKind } from './ingest-results.ts'
import { expectedRows, readResult } from './ingest-rows.ts'
import type { IngestJob } from './job.ts'
import type { JobRoad } from './job-road.ts'
import { lineBatches, type ResultHeader } from './result-csv.ts'

/** The lines of several jobs under one header, which it answers. Where no job has rows, the first one has the header. */
export async function* csvOf(
  road: JobRoad<IngestJob>,
  jobs: readonly EndedJob[],
  kind: ResultKind,
  call: CallOptions,
): AsyncGenerator<Uint8Array, ResultHeader | undefined, undefined> {
  const filled = jobs.filter(({ job }) => expectedRows(job, kind) !== 0)
  let first: ResultHeader | undefined
  let pending: Uint8Array | undefined
  for (const { job, keeps } of filled.length > 0 ? filled : jobs.slice(0, 1)) {
    const onHeader = (header: ResultHeader): void => {
      if (first === undefined) pending = header.line
      else if (!sameColumns(first, header)) throw otherColumns(job, kind)
      first ??= header
    }
    const columnDelimiter = delimiterNamed(job.columnDelimiter)
    const reader = (): ReturnType<typeof lineBatches> =>
      lineBatches({ columnDelimiter, single: keeps !== undefined, onHeader })
    for await (const records of readResult(road, job, kind, reader, call)) {
      if (pending !== undefined) yield pending
      pending = undefined
      for (const { bytes, error = '' } of records) if (keeps?.({ sf__Error: error }) ?? true) yield bytes
    }
    if (pending !== undefined) yield pending
    pending = undefined
  }
  return first
}

function sameColumns(a: ResultHeader, b: ResultHeader): boolean {
  return a.columnDelimiter === b.columnDelimiter && a.columns.join('\n') === b.columns.join('\n')
}

function otherColumns({ id }: IngestJob, kind: ResultKind): ConfigurationError {
  return new ConfigurationError(
    `The ${kind} rows of bulk job ${id} have other columns than those of the job before, so that one CSV cannot hold both. ` +
      `Read the results of each job by itself: bulk.ingestJobs.results('${id}').`,
  )
}
