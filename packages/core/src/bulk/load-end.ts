import type { IngestLedger, Load } from './ingest-ledger.ts'
import type { RowRange } from './ingest-part.ts'
import type { EndedJob, FailedRow, LoadEnd, ResultKind } from './ingest-results.ts'
import type { IngestRun } from './ingest-run.ts'
import { isFinal } from './job.ts'
import { isLocked } from './second-pass.ts'

/**
 * Waits for the end of a load and answers its jobs, with those of their rows that are in no other job.
 *
 * @param told - Whether somebody else learns of a failure of the load.
 * @param loop - Ends the waiting; then the load goes on without it.
 */
export async function loadEnd(
  run: IngestRun,
  kind: ResultKind,
  told: () => boolean,
  loop: AbortSignal,
): Promise<LoadEnd> {
  let failure: { readonly error: unknown } | undefined
  try {
    await ended(run, loop)
  } catch (error) {
    if (loop.aborted && !run.ending.aborted) throw error
    // Jobs that failed, and those beside them, have results too.
    if (!told()) failure = { error }
  }
  const jobs = jobsOf(run.ledger, kind)
  return { jobs, rejected: run.rejectedRows, positions: run.positions, failure }
}

function ended(run: IngestRun, loop: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      // A load that is ending has jobs to abort first.
      if (!run.ending.aborted) reject(loop.reason)
    }
    const over = (): void => loop.removeEventListener('abort', leave)
    loop.addEventListener('abort', leave)
    run.run().finally(over).then(resolve, reject)
  })
}

/**
 * Leaves out the rows that another job took over, so that each is told once: locked rows that a later pass has loaded,
 * and rows that a job never came to and another one has.
 */
function jobsOf(ledger: IngestLedger, kind: ResultKind): EndedJob[] {
  const passes = new Map<number, (row: { readonly sf__Error?: unknown }) => boolean>()
  const keepsOf = ({ job, pass }: Load): EndedJob['keeps'] => {
    if (kind === 'successful') return undefined
    if (kind === 'unprocessed') return outside(ledger.taken(pass, job.id), () => true)
    const later = ledger.taken(pass + 1)
    if (later.length === 0) return undefined
    // The positions of locked rows go on from job to job.
    const keeps = passes.get(pass) ?? outside(later, (row) => isLocked(row as FailedRow))
    if (keeps !== undefined) passes.set(pass, keeps)
    return keeps
  }
  return ledger.uploaded.filter(({ job }) => isFinal(job)).map((load) => ({ job: load.job, keeps: keepsOf(load) }))
}

/** Whether a row is not in one of the ranges, which count the rows that `isCounted`. */
function outside(
  ranges: readonly RowRange[],
  isCounted: (row: { readonly sf__Error?: unknown }) => boolean,
): EndedJob['keeps'] {
  if (ranges.length === 0) return undefined
  let position = 0
  return (row) => {
    if (!isCounted(row)) return true
    const at = position
    position += 1
    return !ranges.some(({ from, to }) => from <= at && at < to)
  }
}
