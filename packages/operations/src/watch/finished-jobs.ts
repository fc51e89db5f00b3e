import type { IngestJob, QueryJob, Salesforce } from '@forcewire/core/portable'
import { type FinishedJob, finishedIngest, finishedQuery } from './finished-job.ts'

/** What a watcher must remember between two looks: small plain JSON, safe to lose (see {@link finishedJobs}). */
export interface WatchState {
  /** Newest `systemModstamp` seen, by the clock of Salesforce. */
  readonly since: string
  /** Jobs already reported whose time lies in the overlap before `since`. */
  readonly reported: readonly string[]
}

/** What to watch. */
export interface WatchOptions {
  readonly salesforce: Salesforce
  readonly kind: 'ingest' | 'query' | 'all'
  /** Only jobs on this object. Default: every object. */
  readonly object?: string | undefined
  /** Of the previous look; without one, everything that has finished so far counts as known. */
  readonly state?: WatchState | undefined
  /** How many failed rows an event lists; all are counted. Default: 1,000. */
  readonly failureLimit?: number | undefined
  readonly signal?: AbortSignal | undefined
}

const finalStates: ReadonlySet<string> = new Set(['JobComplete', 'Failed', 'Aborted'])

/** A job may become visible in the list somewhat after the time that it bears. */
const overlap = 5 * 60_000

/**
 * Looks once for bulk jobs that have finished since the last look, whoever started them. Salesforce's list of jobs
 * is the source of truth: when the state is lost, the next look starts from now and nothing is submitted twice.
 * Each job is reported once as long as the state is kept.
 */
export async function finishedJobs(options: WatchOptions): Promise<{ events: FinishedJob[]; state: WatchState }> {
  const { state } = options
  const all = await listJobs(options)
  const finished = finishedOf(all, options.object)

  const from = state === undefined ? Number.POSITIVE_INFINITY : time(state.since) - overlap
  const reported = new Set(state?.reported)
  const news = finished.filter((job) => time(job.systemModstamp) >= from && !reported.has(job.id))
  const events: FinishedJob[] = []
  for (const job of news) events.push(await describe(job, options))

  const known = state === undefined ? 0 : time(state.since)
  const since = all.reduce((newest, job) => Math.max(newest, time(job.systemModstamp)), known)
  const recent = finished.filter((job) => time(job.systemModstamp) >= since - overlap)
  return { events, state: { since: new Date(since).toISOString(), reported: recent.map((job) => job.id) } }
}

/** The finished job that an editor shows as a sample: the newest one, or `undefined` where none has finished. */
export async function newestFinishedJob(options: Omit<WatchOptions, 'state'>): Promise<FinishedJob | undefined> {
  const newest = finishedOf(await listJobs(options), options.object).at(-1)
  return newest && (await describe(newest, options))
}

/** Oldest first, so that events come in the order in which the jobs ended. */
function finishedOf(jobs: readonly (IngestJob | QueryJob)[], object: string | undefined): (IngestJob | QueryJob)[] {
  return jobs
    .filter(
      (job) =>
        finalStates.has(job.state) && (object === undefined || job.object.toLowerCase() === object.toLowerCase()),
    )
    .sort((a, b) => time(a.systemModstamp) - time(b.systemModstamp))
}

async function listJobs({ salesforce, kind, signal }: WatchOptions): Promise<(IngestJob | QueryJob)[]> {
  const { ingestJobs, queryJobs } = salesforce.bulk
  const ingest = kind === 'query' ? [] : await ingestJobs.list({ jobType: 'V2Ingest' }, { signal }).all()
  const query = kind === 'ingest' ? [] : await queryJobs.list({ jobType: 'V2Query' }, { signal }).all()
  return [...ingest, ...query]
}

function describe(
  job: IngestJob | QueryJob,
  { salesforce, failureLimit = 1000, signal }: WatchOptions,
): Promise<FinishedJob> {
  return isQuery(job) ? finishedQuery(job) : finishedIngest(salesforce, job, failureLimit, signal)
}

function isQuery(job: IngestJob | QueryJob): job is QueryJob {
  return job.operation === 'query' || job.operation === 'queryAll'
}

/** Salesforce writes offsets as `+0000`, which `Date` takes in V8 but ISO 8601's extended form does not allow. */
function time(stamp: string): number {
  return Date.parse(stamp.replace(/\+0000$/, 'Z'))
}
