import { LimitError } from '../errors/limit-error.ts'
import type { Clock } from './connection.ts'
import type { PipelineRequest, Policy } from './policy.ts'
import type { ApiUsage, UsageMemory } from './usage.ts'

/** What the limit works with. */
export interface UsageLimitContext {
  readonly memory: UsageMemory
  readonly clock: Clock
  warn(message: string): void
}

/** Milliseconds after which the newest usage is too old to refuse a call by: the window of 24 hours moves on. */
const freshFor = 300_000

/**
 * Refuses calls once `share` of the org's daily API requests is used, so that the rest is left to others. After five
 * minutes without news one call passes, to see whether there is room again.
 *
 * @throws LimitError with scope `daily`, before anything is sent.
 */
export function usageLimit(share: number, context: UsageLimitContext): Policy {
  const { memory, clock } = context
  let stopped = false
  return (request, next) => {
    // Answers to logins tell no usage to go by, and a session may always be ended.
    if (request.secret !== undefined) return next(request)
    const { newest } = memory
    if (newest === undefined || newest.used < share * newest.limit) {
      stopped = false
      return next(request)
    }
    if (clock.now() - memory.seenAt >= freshFor) {
      // The others wait for what this one finds.
      memory.seenAt = clock.now()
      return next(request)
    }
    const error = refusal(request, newest, share)
    if (!stopped) context.warn(error.message)
    stopped = true
    return Promise.reject(error)
  }
}

function refusal({ call }: PipelineRequest, { used, limit }: ApiUsage, share: number): LimitError {
  const counts = `${used.toLocaleString('en')} of the ${limit.toLocaleString('en')}`
  const message =
    `${call.method} ${call.path} was not sent: ${counts} API requests that the org has in 24 hours are used, ` +
    `and the option usageLimit stops this client at ${share}; wait, or raise usageLimit`
  return new LimitError(message, { status: 0, errors: [], scope: 'daily', request: call.describe() })
}
