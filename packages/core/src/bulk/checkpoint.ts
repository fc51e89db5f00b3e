import {
  checkedFlag,
  checkedId,
  checkedList,
  checkedObject,
  checkedOptions,
  checkedText,
  checkedTexts,
  checkedWholeNumber,
  refuse,
  wordOrKind,
} from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { IngestOptions } from './ingest-options.ts'
import type { RowRange } from './ingest-part.ts'
import { checkedJobId, checkedJobIds } from './job-ids.ts'
import type { TakenRange } from './taken-rows.ts'

/** The options of a load that a checkpoint keeps: all but the function. */
export type CheckpointOptions = Omit<IngestOptions, 'onCheckpoint'>

/** A job of a load, as a checkpoint keeps it. */
export interface CheckpointJob {
  /** Id of the job. */
  readonly id: string
  /** Whether Salesforce is known to have all of its rows. */
  readonly uploaded: boolean
  /** Whether Salesforce may have been told that all of its rows are there, though its answer is not known. */
  readonly closing?: boolean
  /** Which rows it took, by their position; absent where the job is known by its Id alone. */
  readonly range?: RowRange
  /** How many rows it took; less than the range where rows in between were rejected. */
  readonly rows?: number
  /**
   * A hash of the first and the last line of these rows of the input, by which `bulk.resume` sees that the source gives the
   * same rows in the same order. Absent where an earlier release wrote the checkpoint.
   */
  readonly check?: string
  /** 1 and more: the job has rows that were locked in the pass before, and `range` counts those. Default 0, the input. */
  readonly pass?: number
  /** The job has rows that another job never came to, and `range` counts those: the Id of that other job. */
  readonly follows?: string
}

/**
 * What has to be known of a load to go on with it in another process: small plain JSON without rows and without secrets.
 * Store it as it is (`JSON.stringify`), and hand it to `bulk.resume`, once: from then on those that its `onCheckpoint` is
 * told take its place.
 */
export interface IngestCheckpoint {
  /** Version of this format. */
  readonly version: 1
  /** The options of the load; absent where its jobs are known by their Ids alone. */
  readonly options?: CheckpointOptions
  /** The columns that are sent, once they are known. */
  readonly columns?: readonly string[]
  /** Whether every row of the input is in a job, or rejected. */
  readonly complete: boolean
  /** Rows of the input, once `complete`. */
  readonly rows?: number
  /** How many of these could not be sent. Absent where an earlier release wrote the checkpoint. */
  readonly rejected?: number
  /** The jobs in the order of the input. A job is here before its first row is sent. */
  readonly jobs: readonly CheckpointJob[]
}

const names = ['version', 'options', 'columns', 'complete', 'rows', 'rejected', 'jobs'] as const
const jobNames = ['id', 'uploaded', 'closing', 'range', 'rows', 'check', 'pass', 'follows'] as const

/**
 * What can be resumed: a checkpoint, or jobs by their Ids, which become a checkpoint that knows no more than those.
 *
 * @throws ConfigurationError naming what is wrong in it.
 */
export function checkedCheckpoint(value: unknown): IngestCheckpoint {
  if (typeof value === 'string') return ofJobs([checkedJobId(value)])
  if (Array.isArray(value)) return ofJobs(checkedJobIds(value))
  const what = 'a checkpoint of a load, the Id of a job, or a list of Ids'
  const { version } = checkedObject('checkpoint', value, what)
  if (version === undefined) refuse('checkpoint', what, value)
  if (version !== 1) {
    throw new ConfigurationError(
      `checkpoint.version is ${wordOrKind(version)}, but this client reads version 1. Resume with the release that wrote it.`,
    )
  }
  const given = checkedOptions('checkpoint', value as IngestCheckpoint, names)
  const complete = checkedFlag('checkpoint.complete', given.complete)
  const sent = Array.isArray(given.jobs) && given.jobs.length > 0 && given.options !== undefined
  if (sent || given.columns !== undefined) checkedTexts('checkpoint.columns', given.columns, 'names')
  if (given.options === undefined && !complete) {
    throw new ConfigurationError('checkpoint.options is missing: without the options of the load it cannot go on.')
  }
  const byId = given.options === undefined
  const jobs = checkedList<unknown>('checkpoint.jobs', given.jobs, 'jobs').map((job, index) =>
    checkedJob(`checkpoint.jobs[${index}]`, job, byId),
  )
  checkIds(jobs)
  checkRanges(jobs)
  if (!complete || byId) return { ...given, jobs }
  const end = Math.max(0, ...rangesOf(jobs, 0).map(({ to }) => to))
  const rows = checkedWholeNumber('checkpoint.rows', given.rows, end)
  if (given.rejected === undefined) return { ...given, jobs }
  // A job that is gone may have been taken out; its rows have to be sent.
  const unsent = rows - sentRows(jobs)
  return { ...given, jobs, complete: unsent <= checkedWholeNumber('checkpoint.rejected', given.rejected, 0) }
}

/** Rows of the input that are in jobs. */
export function sentRows(jobs: readonly Pick<CheckpointJob, 'rows' | 'pass' | 'follows'>[]): number {
  return jobs.reduce((sum, { rows = 0, pass, follows }) => sum + (pass || follows !== undefined ? 0 : rows), 0)
}

/** The rows of one source that are in jobs, in order: of the input, of a pass, or of those that a job never came to. */
export function rangesOf(jobs: readonly CheckpointJob[], pass: number, follows?: string): TakenRange[] {
  const ranges = jobs.flatMap((job) =>
    job.range !== undefined && (job.pass ?? 0) === pass && job.follows === follows
      ? [{ ...job.range, job: job.id, check: job.check }]
      : [],
  )
  return ranges.sort((a, b) => a.from - b.from)
}

function ofJobs(ids: readonly string[]): IngestCheckpoint {
  return { version: 1, complete: true, jobs: ids.map((id) => ({ id, uploaded: true })) }
}

function checkedJob(name: string, value: unknown, byId: boolean): CheckpointJob {
  const job = checkedOptions(name, checkedObject(name, value, 'a job') as unknown as CheckpointJob, jobNames)
  checkedId(`${name}.id`, job.id)
  checkedFlag(`${name}.uploaded`, job.uploaded)
  if (job.closing !== undefined) checkedFlag(`${name}.closing`, job.closing)
  if (job.pass !== undefined) checkedWholeNumber(`${name}.pass`, job.pass, 0)
  if (job.follows !== undefined) checkedId(`${name}.follows`, job.follows)
  if (job.check !== undefined) checkedText(`${name}.check`, job.check)
  if (byId && job.range === undefined && job.rows === undefined) return job
  const { from, to } = checkedObject(`${name}.range`, job.range, 'the positions of rows, { from, to }')
  const first = checkedWholeNumber(`${name}.range.from`, from, 0)
  const last = checkedWholeNumber(`${name}.range.to`, to, first + 1)
  checkedWholeNumber(`${name}.rows`, job.rows, 1, last - first)
  return { ...job, range: { from: first, to: last } }
}

function checkIds(jobs: readonly CheckpointJob[]): void {
  const seen = new Set<string>()
  for (const { id, follows } of jobs) {
    if (seen.has(id)) throw new ConfigurationError(`Bulk job ${id} is in the checkpoint twice. Store it unchanged.`)
    if (follows !== undefined && !seen.has(follows)) {
      throw new ConfigurationError(`Bulk job ${id} follows ${follows}, which is not before it in the checkpoint.`)
    }
    seen.add(id)
  }
}

function checkRanges(jobs: readonly CheckpointJob[]): void {
  const ends = new Map<string, RowRange[]>()
  for (const { pass = 0, follows = '', range } of jobs) {
    if (range === undefined) continue
    const source = `${pass} ${follows}`
    const others = ends.get(source) ?? []
    others.push(range)
    ends.set(source, others)
  }
  for (const ranges of ends.values()) {
    ranges.sort((a, b) => a.from - b.from)
    for (const [index, { from }] of ranges.entries()) {
      const before = ranges[index - 1]
      if (before === undefined || before.to <= from) continue
      throw new ConfigurationError(`Two jobs of the checkpoint took row ${from + 1}. Store the checkpoint unchanged.`)
    }
  }
}
