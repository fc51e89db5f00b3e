import { BulkJobError } from '../errors/bulk-job-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { SalesforceError } from '../errors/salesforce-error.ts'
import { withAdvice } from '../errors/with-advice.ts'
import type { Connection } from '../http/connection.ts'
import type { IngestCheckpoint } from './checkpoint.ts'
import type { IngestLedger } from './ingest-ledger.ts'

/** Ids that are named in a message, at most. */
const SHOWN = 5

/** What each load has told. */
const told = new WeakMap<IngestLedger, unknown>()

/** Errors that say themselves how to go on. */
const advised = new WeakSet<object>()

/** Takes note that an error says itself how to go on. */
export function withOwnWayOn<E extends object>(error: E): E {
  advised.add(error)
  return error
}

/** The error of rows that Salesforce does not account for: no resuming finds them. */
export function unaccounted(id: string, rows: number | undefined, what: string): ProtocolError {
  return withOwnWayOn(
    new ProtocolError(
      `Bulk job ${id} got ${rows} rows, but Salesforce ${what}. ` +
        `Compare its results (bulk.ingestJobs.results('${id}')) with the input before loading the missing rows again.`,
    ),
  )
}

/**
 * Adds to an error that ends a load which jobs there are by then, and how to go on; a load without jobs is simply begun
 * again. What is not an error of this library stays as it is, since it is the caller's; then a warning tells.
 *
 * @param checkpoint - That of the load: it knows the jobs before the ledger does.
 */
export function withWayOn(
  error: unknown,
  ledger: IngestLedger,
  checkpoint: IngestCheckpoint,
  connection: Connection,
): unknown {
  const ids = checkpoint.jobs.map(({ id }) => id)
  const advice = wayOn(error, ledger, checkpoint)
  if (advice === '' || ids.length === 0 || (told.has(ledger) && told.get(ledger) === error)) return error
  let own = error
  if (error instanceof SalesforceError) {
    const isNamed = ids.some((id) => error.message.includes(id))
    own = withAdvice(error, `${isNamed ? '' : `The load has ${named(ids)}. `}${advice}`)
  } else connection.warn(`A bulk load broke off. It has ${named(ids)}. ${advice}`)
  told.set(ledger, own)
  return own
}

/** Names jobs in a message, a few of them. */
export function named(ids: readonly string[]): string {
  const jobs = ids.length === 1 ? 'the bulk job' : 'the bulk jobs'
  const more = ids.length > SHOWN ? ` and ${ids.length - SHOWN} more` : ''
  return `${jobs} ${ids.slice(0, SHOWN).join(', ')}${more}`
}

function wayOn(error: unknown, { complete, ids }: IngestLedger, { options }: IngestCheckpoint): string {
  const resume = 'bulk.resume(load.checkpoint, source)'
  if (advised.has(error as object)) return complete || ids.length === 0 ? '' : `${resume} loads the rest of the input.`
  const job = error instanceof BulkJobError ? error : undefined
  if (job !== undefined && /: (InvalidBatch|ClientInputError)\b/.test(job.message)) {
    return (
      'Salesforce would refuse it again: correct the columns or the data, and load what is not in successful() with ' +
      'bulk.ingest.'
    )
  }
  if (options !== undefined) return `${resume} completes the load.`
  if (job === undefined) return 'bulk.resume with the same Ids goes on.'
  const results = `bulk.ingestJobs.results('${job.jobId}') has what became of its rows`
  return `${results}; the checkpoint of its load and the source complete it.`
}
