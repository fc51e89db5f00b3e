import { setTimeout as sleep } from 'node:timers/promises'
import type { Airports } from './airports.ts'
import type { JobOutcome, Report, RunningEngine } from './engine.ts'
import type { JobsSeen, OrgWatch } from './org-watch.ts'
import { rootCause } from './root-cause.ts'

/** Time between two looks at the org, in milliseconds. */
const lookInterval = 250

/** The org may be silent this long, in milliseconds. */
const silenceLimit = 15_000

/** A run may take this long, in milliseconds. */
const timeLimit = 300_000

/** One line of the table. */
export interface JobReport extends JobOutcome {
  /** Rows of the file, counted without our code. */
  readonly rowsRead: number
  readonly apiCalls: number
  readonly seconds: number
  /** What does not add up, as a sentence; `undefined` when every row is accounted for. */
  readonly discrepancy: string | undefined
}

/** What a run needs. */
export interface JobRun {
  readonly engine: RunningEngine
  readonly watch: OrgWatch
  readonly airports: Airports
  /** Settles with a sentence when going on makes no sense: a process is gone, or Ctrl-C. */
  readonly ended: Promise<string>
  readonly report: Report
  readonly onProgress: (jobs: JobsSeen) => void
}

/** Runs the job once and checks its counts against the file and against the org. */
export async function runJob({ engine, watch, airports, ended, report, onProgress }: JobRun): Promise<JobReport> {
  const stop = new AbortController()
  try {
    await watch.mark()
    const before = await watch.read()
    const startedAt = performance.now()
    const following = follow(watch, stop.signal, onProgress)
    const outcome = await Promise.race([
      engine.load(report),
      ended.then((reason) => Promise.reject(new Error(reason))),
      following.then(() => never),
    ])
    const seconds = (performance.now() - startedAt) / 1000
    // The watch's own calls are told apart from the flow's only while none of them is under way.
    stop.abort()
    await following
    const after = await watch.read()
    const apiCalls = after.apiCalls - before.apiCalls
    const rowsRead = airports.rows
    const unaccounted = discrepancy(rowsRead, after.accounts - before.accounts, outcome)
    return { ...outcome, rowsRead, apiCalls, seconds, discrepancy: unaccounted }
  } catch (error) {
    throw await rootCause(error, ended)
  } finally {
    stop.abort()
  }
}

const never = new Promise<never>(() => {})

/** Says what does not add up between the file, the flow's counts and the org. */
export function discrepancy(rowsRead: number, accountsAdded: number, outcome: JobOutcome): string | undefined {
  const { created, updated, failed, unprocessed } = outcome.counts
  const listed = created + updated + failed + unprocessed
  if (listed !== rowsRead) {
    return `${rowsRead} rows were read, but the job's results hold ${listed}: ${created} created, ${updated} updated, ${failed} failed, ${unprocessed} unprocessed.`
  }
  if (unprocessed > 0) return `${unprocessed} of ${rowsRead} rows were left unprocessed.`
  if (accountsAdded !== created) {
    return `The job's results name ${created} created accounts, but the org has ${accountsAdded} more than before.`
  }
  const counted = outcome.states.reduce((sum, { airports }) => sum + airports, 0)
  if (counted !== created + updated) {
    return `${created + updated} rows were loaded, but the SOQL summary counts ${counted} airports.`
  }
  return undefined
}

/** Looks at the org until told to stop; rejects when the org falls silent or time is up. */
async function follow(watch: OrgWatch, stop: AbortSignal, onProgress: (jobs: JobsSeen) => void): Promise<void> {
  const startedAt = Date.now()
  let heardAt = startedAt
  while (!stop.aborted) {
    try {
      onProgress(await watch.look())
      heardAt = Date.now()
    } catch (error) {
      if (Date.now() - heardAt > silenceLimit) throw error
    }
    if (Date.now() - startedAt > timeLimit) throw new Error(`The flow did not finish within ${timeLimit / 1000} s.`)
    await sleep(lookInterval, undefined, { signal: stop }).catch(() => {})
  }
}
