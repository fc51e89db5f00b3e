import type { SalesforceError } from '../errors/salesforce-error.ts'
import type { Method } from './transport.ts'

/** A caller's own reason to send a request again, beside the built-in table. */
export interface RetryRule {
  /** Retries that this rule may start in one call. Default: the policy's `maxRetries`, which always wins when smaller. */
  readonly maxRetries?: number
  /**
   * Decides about one error, at once or asynchronously. An error that it throws counts as `false`. It is not asked about
   * a `ConfigurationError` or an `AuthenticationError`: no repetition heals them.
   */
  when(error: SalesforceError, request: { readonly method: Method; readonly path: string }): boolean | Promise<boolean>
}

/** How failed sends are repeated. Which failures are repeated at all is in the retry table (README, "Retries"). */
export interface RetryPolicy {
  /** Sends after the first, over all reasons. Default 3. */
  readonly maxRetries: number
  /** Milliseconds before the first retry, before jitter. Default 500. */
  readonly initialDelay: number
  /** Each further delay is this many times longer, 1 or more. Default 2. */
  readonly factor: number
  /** Upper bound of one delay in milliseconds. Default 10,000. */
  readonly maxDelay: number
  /** Full jitter: each delay is drawn evenly from 0 to its length. Default true. */
  readonly jitter: boolean
  /** Milliseconds after the first send from which no retry starts any more. Default 60,000. */
  readonly maxElapsed: number
  /**
   * Retries that a client may start in a burst while calls fail; each success earns back a little. Keeps an outage
   * from being answered with three times the traffic. Default 100; `Infinity` turns it off.
   */
  readonly budget: number
  /** Further reasons to retry, tried before the table. Default: none. */
  readonly rules: readonly RetryRule[]
}

/** Changes to the default policy. */
export type RetryOptions = Partial<RetryPolicy>

/** The policy of a client that was given none. */
export const defaultRetryPolicy: RetryPolicy = {
  maxRetries: 3,
  initialDelay: 500,
  factor: 2,
  maxDelay: 10_000,
  jitter: true,
  maxElapsed: 60_000,
  budget: 100,
  rules: [],
}
