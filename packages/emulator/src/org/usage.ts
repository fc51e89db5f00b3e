import { DailyAllowance } from './daily-allowance.ts'

/** Calls per rolling day that an org is entitled to where nothing else is said. */
const DAILY_API_REQUESTS = 100_000

/**
 * Counts API calls the way `Sforce-Limit-Info` reports them: each that gets in by a session, refused ones included, for
 * 24 hours, to the minute. A call counts when it arrives: the limits resource counts the call that asks for it (recorded:
 * `nango-limits-v60`).
 */
export class Usage extends DailyAllowance {
  constructor(clock: { now(): number }, limit: number = DAILY_API_REQUESTS) {
    super(clock, limit)
  }

  /** What `Sforce-Limit-Info` says. */
  get header(): string {
    return `api-usage=${this.used}/${this.limit}`
  }

  /** Counts one call; false, and nothing is counted, where none is left. */
  take(): boolean {
    if (this.remaining === 0) return false
    this.count(1)
    return true
  }
}
