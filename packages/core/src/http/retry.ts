import { ApiError } from '../errors/api-error.ts'
import { AuthenticationError } from '../errors/authentication-error.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { SalesforceError } from '../errors/salesforce-error.ts'
import type { Events } from '../events.ts'
import type { Clock } from './connection.ts'
import type { PipelineRequest, Policy } from './policy.ts'
import { retryAfter } from './retry-after.ts'
import { RetryBudget } from './retry-budget.ts'
import { defaultRetryPolicy, type RetryPolicy, type RetryRule } from './retry-policy.ts'
import { mayBeDone, type RetryRow, retryRow } from './retry-table.ts'
import type { Method } from './transport.ts'

/** What the retry policy works with. */
export interface RetryContext {
  readonly policy: RetryPolicy | false
  readonly clock: Clock
  readonly random: () => number
  readonly events: Events
}

/** A repeat, as listeners and limits see it. */
export interface Repeat {
  /** Why it is sent again. */
  readonly error: SalesforceError
  /** Repeats before this one. */
  readonly retries: number
  /** When it was first sent, in milliseconds since the epoch. */
  readonly startedAt: number
  /** When its time is over, in milliseconds since the epoch. Default: never. */
  readonly expiresAt?: number | undefined
  /** HTTP method of the call. */
  readonly method: Method
  /** Path of the call, without its query. */
  readonly path: string
  /** Ends the wait. */
  readonly signal: AbortSignal
}

/**
 * The repeats of one client, of whole calls and of rows within them: they share a budget, and each is told by an event.
 */
export class Retries {
  readonly #context: RetryContext
  readonly #budget: RetryBudget

  constructor(context: RetryContext) {
    this.#context = context
    // A client that sends everything once may still repeat single calls.
    this.#budget = new RetryBudget((context.policy || defaultRetryPolicy).budget)
  }

  /** Waits before a repeat; false, at once, where policy, time or budget allow none. */
  async wait(repeat: Repeat, policy: RetryPolicy): Promise<boolean> {
    const { clock, events } = this.#context
    const { error, retries, startedAt, expiresAt = Number.POSITIVE_INFINITY, method, path, signal } = repeat
    const now = clock.now()
    const asked = error instanceof ApiError ? retryAfter(error.headers, now) : undefined
    const delay = asked ?? backOff(retries, policy, this.#context.random)
    const inTime = now + delay - startedAt <= policy.maxElapsed && now + delay < expiresAt
    if (retries >= policy.maxRetries || !inTime || !this.#budget.take()) return false
    events.emit('retry', () => ({ method, path, retry: retries + 1, delay, error }))
    await clock.sleep(delay, signal)
    return true
  }

  /** A call succeeded. */
  giveBack(): void {
    this.#budget.giveBack()
  }
}

/** Sends a request again when the retry table or a rule of the caller says so. */
export function retry(clientPolicy: RetryPolicy | false, repeats: Retries): Policy {
  return async (request, next) => {
    const { call } = request
    const policy = request.retry ?? clientPolicy
    let reasons: Map<RetryRow | RetryRule, number> | undefined
    for (let retries = 0; ; retries += 1) {
      try {
        const response = await next(request)
        repeats.giveBack()
        return response
      } catch (error) {
        if (policy === false || retries >= policy.maxRetries || !isRepeatable(error)) throw error
        if (call.loggingIn || call.signal.aborted) throw error
        reasons ??= new Map()
        // The time of the call may be over before a rule has decided.
        if (!(await takeReason(error, request, policy, reasons)) || call.signal.aborted) throw error
        const { method, path, signal, sentAt: startedAt, expiresAt } = call
        call.failure = error
        call.uncertain ||= mayBeDone(error, method)
        if (!(await repeats.wait({ error, retries, method, path, signal, startedAt, expiresAt }, policy))) throw error
      }
    }
  }
}

/**
 * Neither the table nor a rule may repeat what no wait can heal: mistakes of the caller, and refused logins, since a
 * wrong password in a row locks a user out.
 */
function isRepeatable(error: unknown): error is SalesforceError {
  if (!(error instanceof SalesforceError)) return false
  return !(error instanceof ConfigurationError || error instanceof AuthenticationError)
}

/** Finds a reason to retry that is not used up yet: the caller's rules first, then the table. */
async function takeReason(
  error: SalesforceError,
  request: PipelineRequest,
  policy: RetryPolicy,
  reasons: Map<RetryRow | RetryRule, number>,
): Promise<boolean> {
  const take = (reason: RetryRow | RetryRule): boolean => {
    const used = reasons.get(reason) ?? 0
    if (used >= (reason.maxRetries ?? policy.maxRetries)) return false
    reasons.set(reason, used + 1)
    return true
  }
  for (const rule of policy.rules) {
    if ((await agrees(rule, error, request)) && take(rule)) return true
  }
  const row = retryRow(error, request.method, request.replay)
  return row !== undefined && take(row)
}

async function agrees(rule: RetryRule, error: SalesforceError, request: PipelineRequest): Promise<boolean> {
  try {
    return await rule.when(error, { method: request.method, path: request.call.path })
  } catch {
    return false
  }
}

/** Milliseconds before retry number `retries`, counted from 0, by the policy alone. */
function backOff(retries: number, policy: RetryPolicy, random: () => number): number {
  const delay = Math.min(policy.initialDelay * policy.factor ** retries, policy.maxDelay)
  return policy.jitter ? delay * random() : delay
}
