import { SalesforceError } from '../errors/salesforce-error.ts'
import { withAdvice } from '../errors/with-advice.ts'
import type { Connection } from '../http/connection.ts'
import type { IngestLedger } from './ingest-ledger.ts'

/** Ids that are named in a message, at most. */
const SHOWN = 5

/** What each load has told. */
const told = new WeakMap<IngestLedger, unknown>()

/**
 * Adds to an error that ends a load which jobs there are by then, and how to go on; a load without jobs is simply begun
 * again. What is not an error of this library stays as it is, since it is the caller's; then a warning tells.
 */
export function withWayOn(error: unknown, ledger: IngestLedger, connection: Connection): unknown {
  const { ids } = ledger
  if (ids.length === 0 || (told.has(ledger) && told.get(ledger) === error)) return error
  let own = error
  if (error instanceof SalesforceError) {
    const isNamed = ids.some((id) => error.message.includes(id))
    own = withAdvice(error, `${isNamed ? '' : `The load has ${named(ids)}. `}${wayOn(ledger)}`)
  } else connection.warn(`A bulk load broke off. It has ${named(ids)}. ${wayOn(ledger)}`)
  told.set(ledger, own)
  return own
}

/** Names jobs in a message, a few of them. */
export function named(ids: readonly string[]): string {
  const jobs = ids.length === 1 ? 'the bulk job' : 'the bulk jobs'
  const more = ids.length > SHOWN ? ` and ${ids.length - SHOWN} more` : ''
  return `${jobs} ${ids.slice(0, SHOWN).join(', ')}${more}`
}

function wayOn({ byId }: IngestLedger): string {
  return byId ? 'bulk.resume with the same Ids goes on.' : 'bulk.resume(load.checkpoint, source) completes the load.'
}
