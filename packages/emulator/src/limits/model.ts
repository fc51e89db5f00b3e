import type { DailyAllowance } from '../org/daily-allowance.ts'
import type { Org } from '../org/org.ts'
import { UNTOUCHED } from './allowances.ts'

/** One limit: how much an org may use in its period and how much of that is left. */
export interface Limit {
  readonly Max: number
  readonly Remaining: number
  /** A part of it with a limit of its own. */
  readonly CreateCustom?: Limit
}

/** All limits by name; API calls and what bulk jobs use up are really counted. */
export function limits({ usage, bulkUsage }: Org): Record<string, Limit> {
  const { batches, queryJobs, remainingMegabytes } = bulkUsage
  const answer: Record<string, Limit> = {
    DailyApiRequests: counted(usage),
    DailyBulkApiBatches: counted(batches),
    DailyBulkV2QueryFileStorageMB: { Max: 976_562, Remaining: remainingMegabytes },
    DailyBulkV2QueryJobs: counted(queryJobs),
  }
  for (const [name, Max] of Object.entries(UNTOUCHED)) answer[name] = untouched(Max)
  answer.PermissionSets = { ...untouched(1500), CreateCustom: untouched(1000) }
  return answer
}

function counted({ limit, remaining }: DailyAllowance): Limit {
  return { Max: limit, Remaining: remaining }
}

function untouched(Max: number): Limit {
  return { Max, Remaining: Max }
}

/** Records per object; objects without records are left out, as recorded. */
export function recordCounts(org: Org, names: readonly string[]): { count: number; name: string }[] {
  const objects = names.length > 0 ? names.map((name) => org.schema.object(name)) : org.schema.objects
  return objects
    .filter((object) => object !== undefined)
    .map((object) => ({ count: org.records.count(object.name), name: object.name }))
    .filter(({ count }) => count > 0)
}
