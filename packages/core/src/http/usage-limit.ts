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
 * Refuses calls once `share` of the org's daily API requests is used, so that the rest is left to others. Calls that
 * have no answer yet count as used on top of the newest figure: where they may use up what is left, the next call waits
 * for their answers. Before the first figure one call goes ahead. After five minutes without news one call passes, to
 * see whether there is room again.
 *
 * @throws LimitError with scope `daily`, before anything is sent.
 */
export function usageLimit(share: number, context: UsageLimitContext): Policy {
  const { memory, clock } = context
  let stopped = false
  let inFlight = 0
  let asked = false
  let answer = Promise.withResolvers<void>()
  /** How many calls may be under way; `undefined` when none may. */
  const room = (): number | undefined => {
    const { newest } = memory
    // Where answers tell no figure there is nothing to go by.
    if (newest === undefined) return asked ? Number.POSITIVE_INFINITY : 1
    const left = share * newest.limit - newest.used
    if (left > 0) return left
    if (clock.now() - memory.seenAt < freshFor) return undefined
    // The others wait for what this one finds.
    memory.seenAt = clock.now()
    return Number.POSITIVE_INFINITY
  }
  const counted: Policy = async (request, next) => {
    inFlight += 1
    try {
      return await next(request)
    } finally {
      inFlight -= 1
      asked = true
      answer.resolve()
      answer = Promise.withResolvers()
    }
  }
  return async (request, next) => {
    // Answers to logins tell no usage to go by, and a session may always be ended.
    if (request.secret !== undefined) return next(request)
    const { call } = request
    for (let most = room(); most !== undefined; most = room()) {
      const { newest } = memory
      if (newest !== undefined && newest.used < share * newest.limit) stopped = false
      if (inFlight < most) return counted(request, next)
      // The one that goes ahead may wait for a person to log in, which counts against no call.
      await (newest === undefined ? call.pause(() => answer.promise, clock) : answer.promise)
      call.signal.throwIfAborted()
    }
    const error = refusal(request, memory.newest as ApiUsage, share)
    if (!stopped) context.warn(error.message)
    stopped = true
    throw error
  }
}

function refusal({ call }: PipelineRequest, { used, limit }: ApiUsage, share: number): LimitError {
  const counts = `${used.toLocaleString('en')} of the ${limit.toLocaleString('en')}`
  const message =
    `${call.method} ${call.path} was not sent: ${counts} API requests that the org has in 24 hours are used, ` +
    `and the option usageLimit stops this client at ${share}; wait, or raise usageLimit`
  return new LimitError(message, { status: 0, errors: [], scope: 'daily', request: call.describe() })
}
