import { ApiError } from '../errors/api-error.ts'
import { LimitError } from '../errors/limit-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import type { SalesforceError } from '../errors/salesforce-error.ts'
import { TimeoutError, TransportError } from '../errors/transport-error.ts'
import type { Replay } from './connection.ts'
import type { Method } from './transport.ts'

/** One row of the retry table. The first row that matches decides. */
export interface RetryRow {
  readonly name: string
  matches(error: SalesforceError, method: Method): boolean
  /**
   * `every`: Salesforce surely did nothing, any request may be sent again; `repeatable`: only requests that may be
   * carried out twice; `never`: waiting a few seconds does not help.
   */
  readonly repeat: 'every' | 'repeatable' | 'never'
  /** Retries for this reason in one call, where that is fewer than the policy's. */
  readonly maxRetries?: number
}

const unhealthy: readonly number[] = [408, 429, 500, 502, 503, 504]

/** Which failures are worth another attempt. The README shows the same table in words. */
const retryTable: readonly RetryRow[] = [
  {
    name: 'daily request limit',
    matches: (error) => error instanceof LimitError && error.scope === 'daily',
    repeat: 'never',
  },
  {
    name: 'concurrent request limit',
    matches: (error) => error instanceof LimitError && error.scope === 'concurrent',
    repeat: 'every',
  },
  { name: 'record locked', matches: (error) => error.has('UNABLE_TO_LOCK_ROW'), repeat: 'every' },
  {
    name: 'server unavailable',
    matches: (error) => error instanceof ApiError && error.status === 503 && error.has('SERVER_UNAVAILABLE'),
    repeat: 'every',
  },
  {
    name: 'certificate not accepted',
    matches: (error) => error instanceof TransportError && /CERT|SIGNATURE|TLS/.test(error.networkCode ?? ''),
    repeat: 'never',
  },
  { name: 'no connection', matches: (error) => error instanceof TransportError && !error.sent, repeat: 'every' },
  { name: 'timeout', matches: (error) => error instanceof TimeoutError, repeat: 'never' },
  { name: 'broken connection', matches: (error) => error instanceof TransportError, repeat: 'repeatable' },
  { name: 'answer cut short', matches: (error) => error instanceof ProtocolError, repeat: 'repeatable' },
  {
    name: 'unknown exception while writing',
    matches: (error, method) => error.has('UNKNOWN_EXCEPTION') && method !== 'GET' && method !== 'HEAD',
    repeat: 'never',
  },
  {
    name: 'edge of Salesforce (420)',
    matches: (error) => error instanceof ApiError && error.status === 420,
    repeat: 'repeatable',
    maxRetries: 2,
  },
  {
    name: 'server trouble',
    // The token endpoint says the latter with status 400 ("retry your request").
    matches: (error) => error instanceof ApiError && (unhealthy.includes(error.status) || error.has('unknown_error')),
    repeat: 'repeatable',
  },
]

/** Whether a write that failed so may have been carried out all the same. What no row names was refused. */
export function mayBeDone(error: SalesforceError, method: Method): boolean {
  if (method === 'GET' || method === 'HEAD') return false
  return (retryTable.find((candidate) => candidate.matches(error, method))?.repeat ?? 'every') !== 'every'
}

/** The row that allows another attempt; `undefined` when none does. */
export function retryRow(error: SalesforceError, method: Method, replay: Replay): RetryRow | undefined {
  const row = retryTable.find((candidate) => candidate.matches(error, method))
  if (row === undefined || row.repeat === 'never') return undefined
  return row.repeat === 'every' || replay === 'always' ? row : undefined
}
