import { NotFoundError } from '../errors/api-error.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { withAdvice } from '../errors/with-advice.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import type { CheckpointJob, IngestCheckpoint } from './checkpoint.ts'
import type { Load } from './ingest-ledger.ts'
import type { IngestOptions } from './ingest-options.ts'
import { readIngestResult } from './ingest-rows.ts'
import { type IngestJob, isFinal } from './job.ts'
import type { JobRoad } from './job-road.ts'
import { withOwnWayOn } from './way-on.ts'

/** What Salesforce says about the jobs of a checkpoint. */
export interface TakenJobs {
  /** The jobs that have their rows, with their newest info. */
  readonly taken: readonly Load[]
  /** Whether rows of the input are in no job after all. */
  readonly missing: boolean
}

/**
 * Looks at each job of a checkpoint, whatever the checkpoint says of it. A job that is still open is aborted, and its
 * rows count as not sent, as do those of a job that ended without any. One that has its rows, and that Salesforce may have
 * been told to begin with, is told so again.
 *
 * @throws ConfigurationError before anything is changed when there is no source for rows that have to be sent.
 * @throws NotFoundError when a job is gone and its rows may have been loaded.
 */
export async function takenJobs(
  road: JobRoad<IngestJob>,
  checkpoint: IngestCheckpoint,
  hasSource: boolean,
  call: CallOptions,
): Promise<TakenJobs> {
  const operation = checkpoint.options?.operation
  const looks = await Promise.all(
    checkpoint.jobs.map(async (given): Promise<Look> => {
      const entry = given.closing ? { ...given, uploaded: true } : given
      const job = await look(road, entry, operation, call)
      const empty = operation !== undefined && job !== undefined && (await isEmpty(road, entry, job, call))
      return { entry, job, empty }
    }),
  )
  const open = looks.find(({ job }) => job?.state === 'Open')
  const missing = looks.find(isMissing)
  if (operation === undefined && open !== undefined) {
    throw withOwnWayOn(
      new ConfigurationError(
        `Bulk job ${open.entry.id} is still open: its upload was never completed, so that it would never end. ` +
          'Resume its load from the checkpoint, or abort it with bulk.ingestJobs.abort.',
      ),
    )
  }
  if (operation !== undefined && missing !== undefined && !hasSource) {
    throw withOwnWayOn(
      new ConfigurationError(
        `The rows of bulk job ${missing.entry.id} were never uploaded; resuming needs the source: ` +
          'bulk.resume(checkpoint, source).',
      ),
    )
  }
  const settled = await Promise.all(
    looks.map(async (look): Promise<Look> => {
      const { entry, job } = look
      if (job?.state !== 'Open') return look
      const uploaded = entry.closing === true
      return { entry: { ...entry, uploaded }, job: await settledJob(road, entry, call), empty: false }
    }),
  )
  const taken = settled.flatMap((look) => {
    const { entry, job } = look
    return job !== undefined && hasRows(look) ? [{ ...entry, job, uploaded: true, pass: entry.pass ?? 0 }] : []
  })
  return { taken, missing: settled.some(isMissing) }
}

/**
 * Warns of rows that will be inserted by a load whose jobs nobody stores: the checkpoint that it goes on from does not know
 * of them, so that resuming that one again would insert these rows again.
 */
export function warnOfSecondUse({ operation, onCheckpoint }: IngestOptions, connection: Connection): void {
  if (operation !== 'insert' || onCheckpoint !== undefined) return
  connection.warn(
    'bulk.resume inserts rows without onCheckpoint. The checkpoint that it was given is used up: resumed once more, it ' +
      'would insert them again. Give bulk.resume an onCheckpoint, and store what it is told in place of the old one.',
  )
}

/** What Salesforce says about a job of a checkpoint; nothing where it is gone. */
interface Look {
  readonly entry: CheckpointJob
  readonly job: IngestJob | undefined
  /** Whether it has ended and Salesforce tells of no row in it. */
  readonly empty: boolean
}

/** Whether rows of the input are not in this job after all. */
function isMissing(look: Look): boolean {
  return !look.entry.pass && look.entry.follows === undefined && !hasRows(look)
}

/**
 * Whether a job that came to its own end has worked on no row, and has none in any of its results: then its upload never
 * arrived. What an aborted job was at work on may show in its results later.
 */
async function isEmpty(
  road: JobRoad<IngestJob>,
  { uploaded }: CheckpointJob,
  job: IngestJob,
  call: CallOptions,
): Promise<boolean> {
  if (!isFinal(job) || job.state === 'Aborted' || job.numberRecordsProcessed !== 0) return false
  if (job.state === 'Failed' && !uploaded) return false
  for (const kind of ['unprocessed', 'successful', 'failed'] as const) {
    for await (const rows of readIngestResult(road, job, kind, call)) if (rows.length > 0) return false
  }
  return true
}

/**
 * Aborts a job that was open, or closes it. A request of the earlier load may have closed it meanwhile, so that it has
 * begun or even ended its work; what it has done by its end counts.
 */
async function settledJob(
  road: JobRoad<IngestJob>,
  { id, closing, rows = 0 }: CheckpointJob,
  call: CallOptions,
): Promise<IngestJob> {
  try {
    await (closing ? road.complete(id, rows, call) : road.abort(id, call))
  } catch (error) {
    const job = await road.get(id, call)
    if (closing ? job.state !== 'Open' : isFinal(job)) return job
    throw error
  }
  return road.get(id, call)
}

async function look(
  road: JobRoad<IngestJob>,
  { id, uploaded, range, pass, follows }: CheckpointJob,
  operation: string | undefined,
  call: CallOptions,
): Promise<IngestJob | undefined> {
  try {
    return await road.get(id, call)
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
    // What never arrived may be sent again; were it there after all, only an insert would do it twice.
    if (!uploaded && operation !== undefined && operation !== 'insert') return undefined
    if (operation === undefined) {
      throw withOwnWayOn(
        withAdvice(
          error,
          `There is no bulk job ${id} that loads rows (Salesforce keeps jobs for seven days). If it is a query job, ` +
            `bulk.resumeQuery('${id}') goes on with it.`,
        ),
      )
    }
    const isInput = range !== undefined && !pass && follows === undefined
    const rows = isInput ? `the rows ${range.from + 1} to ${range.to}` : 'its rows'
    throw withOwnWayOn(
      withAdvice(
        error,
        `Bulk job ${id} is gone (Salesforce keeps jobs for seven days), so that nobody can tell what became of ${rows}. ` +
          'Look in the org: if all of them are missing, remove the job (and those that follow it) from checkpoint.jobs and ' +
          'resume with the source; if some are, load those with bulk.ingest.',
      ),
    )
  }
}

/** An ended job that nobody knows to be uploaded and that has done nothing has done nothing for want of rows. */
function hasRows({ entry, job, empty }: Look): boolean {
  if (job === undefined || empty) return false
  if (job.state === 'Open') return entry.closing === true
  const { state, numberRecordsProcessed = 0 } = job
  return entry.uploaded || (state !== 'Aborted' && state !== 'Failed') || numberRecordsProcessed > 0
}
