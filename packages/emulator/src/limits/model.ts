import type { Org } from '../org/org.ts'

/** One limit: how much an org may use in its period and how much of that is left. */
export interface Limit {
  readonly Max: number
  readonly Remaining: number
}

/** Limits that nothing in the emulator uses up, with the allowances of a recorded developer org. */
const UNTOUCHED: Readonly<Record<string, number>> = {
  ConcurrentAsyncGetReportInstances: 200,
  ConcurrentSyncReportRuns: 20,
  DailyAsyncApexExecutions: 250_000,
  DailyBulkApiBatches: 15_000,
  DailyBulkV2QueryFileStorageMB: 976_562,
  DailyBulkV2QueryJobs: 10_000,
  DailyDeliveredPlatformEvents: 10_000,
  DailyStreamingApiEvents: 10_000,
  DailyWorkflowEmails: 8040,
  DataStorageMB: 5,
  FileStorageMB: 20,
  HourlyAsyncReportRuns: 1200,
  HourlyPublishedPlatformEvents: 50_000,
  HourlySyncReportRuns: 500,
  MassEmail: 10,
  SingleEmail: 15,
}

/** All limits by name; only the API calls are really counted. */
export function limits(org: Org): Record<string, Limit> {
  const answer: Record<string, Limit> = {
    DailyApiRequests: { Max: org.usage.limit, Remaining: org.usage.remaining },
  }
  for (const [name, Max] of Object.entries(UNTOUCHED)) answer[name] = { Max, Remaining: Max }
  return answer
}

/** Records per object; objects without records are left out, as recorded. */
export function recordCounts(org: Org, names: readonly string[]): { count: number; name: string }[] {
  const objects = names.length > 0 ? names.map((name) => org.schema.object(name)) : org.schema.objects
  return objects
    .filter((object) => object !== undefined)
    .map((object) => ({ count: org.records.count(object.name), name: object.name }))
    .filter(({ count }) => count > 0)
}
