import { ApiError } from '../errors/api-error.ts'
import { AuthenticationError } from '../errors/authentication-error.ts'
import type { Events } from '../events.ts'
import type { Clock } from './connection.ts'
import type { PipelineRequest, Policy } from './policy.ts'

/** API requests of the org in the last 24 hours. Frozen. */
export interface ApiUsage {
  /** Requests of the last 24 hours. */
  readonly used: number
  /** Requests that the org has in 24 hours. */
  readonly limit: number
  /** Requests that are left; never negative. */
  readonly remaining: number
  /** The share of this connected app, where an administrator has set one. */
  readonly perApp?: {
    readonly appName: string
    readonly used: number
    readonly limit: number
    readonly remaining: number
  }
}

/** The newest usage that any answer told, and when that was. */
export interface UsageMemory {
  /** An object of its own for each answer that told one. */
  newest: ApiUsage | undefined
  /** Milliseconds since the epoch. */
  seenAt: number
}

/** Reads `Sforce-Limit-Info` of every answer, also of refusals, and tells listeners that a call was used. */
export function usage(memory: UsageMemory, clock: Clock, events: Events): Policy {
  const note = (
    request: PipelineRequest,
    before: ApiUsage | undefined,
    status: number,
    headers: Readonly<Record<string, string>>,
  ): void => {
    const found = parseLimitInfo(headers['sforce-limit-info'])
    // Answers overtake one another: a lower figure is newer only where no other came since the call was sent.
    if (found !== undefined && (memory.newest === before || found.used > (memory.newest?.used ?? 0))) {
      memory.newest = found
      memory.seenAt = clock.now()
    }
    const { method, path } = request.call
    const { bulkBatches } = request
    events.emit('usage', () => ({
      method,
      path,
      status,
      ...(found === undefined ? {} : { usage: found }),
      ...(bulkBatches === undefined || status >= 300 ? {} : { bulkBatches }),
    }))
  }
  return async (request, next) => {
    const before = memory.newest
    try {
      const response = await next(request)
      note(request, before, response.status, response.headers)
      return response
    } catch (error) {
      if (error instanceof ApiError) note(request, before, error.status, error.headers)
      else if (error instanceof AuthenticationError) note(request, before, error.status ?? 0, {})
      throw error
    }
  }
}

/** Reads `api-usage=25/5000; per-app-api-usage=17/250(appName=sample)` (REST API guide, "Limit Info Header"). */
function parseLimitInfo(header: string | undefined): ApiUsage | undefined {
  const org = /(?:^|[;,\s])api-usage=(\d+)\/(\d+)/.exec(header ?? '')
  if (org === null) return undefined
  const total = Object.freeze(counts(org))
  const app = /per-app-api-usage=(\d+)\/(\d+)\(appName=(.*)\)/.exec(header ?? '')
  return app === null
    ? total
    : Object.freeze({ ...total, perApp: Object.freeze({ appName: app[3] as string, ...counts(app) }) })
}

function counts(match: RegExpExecArray): { used: number; limit: number; remaining: number } {
  const used = Number(match[1])
  const limit = Number(match[2])
  return { used, limit, remaining: Math.max(0, limit - used) }
}
