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
import { type RetryRow, retryRow } from './retry-table.ts'

/** What the retry policy works with. */
export interface RetryContext {
  readonly policy: RetryPolicy | false
  readonly clock: Clock
  readonly random: () => number
  readonly events: Events
}

/** Sends a request again when the retry table or a rule of the caller says so. */
export function retry(context: RetryContext): Policy {
  const { clock, events } = context
  // A client that sends everything once may still repeat single calls.
  const budget = new RetryBudget((context.policy || defaultRetryPolicy).budget)
  return async (request, next) => {
    const policy = request.retry ?? context.policy
    const reasons = new Map<RetryRow | RetryRule, number>()
    for (let retries = 0; ; retries += 1) {
      try {
        const response = await next(request)
        budget.giveBack()
        return response
      } catch (error) {
        if (policy === false || retries >= policy.maxRetries || !isRepeatable(error)) throw error
        if (request.call.loggingIn) throw error
        if (!(await takeReason(error, request, policy, reasons))) throw error
        const delay = delayBefore(retries, error, policy, context)
        if (!inTime(delay, request, policy, clock.now()) || !budget.take()) throw error
        const { method, path, signal } = request.call
        events.emit('retry', () => ({ method, path, retry: retries + 1, delay, error }))
        request.call.failure = error
        await clock.sleep(delay, signal)
        request.call.arm()
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

function delayBefore(retries: number, error: SalesforceError, policy: RetryPolicy, context: RetryContext): number {
  const asked = error instanceof ApiError ? retryAfter(error.headers, context.clock.now()) : undefined
  return asked ?? backOff(retries, policy, context.random)
}

/** Milliseconds before retry number `retries`, counted from 0, by the policy alone. */
export function backOff(retries: number, policy: RetryPolicy, random: () => number): number {
  const delay = Math.min(policy.initialDelay * policy.factor ** retries, policy.maxDelay)
  return policy.jitter ? delay * random() : delay
}

function inTime(delay: number, request: PipelineRequest, policy: RetryPolicy, now: number): boolean {
  const { startedAt, expiresAt } = request.call
  return now + delay - startedAt <= policy.maxElapsed && now + delay < expiresAt
}
