/** Calls per rolling day that an org is entitled to where nothing else is said. */
const DAILY_API_REQUESTS = 100_000

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/**
 * Counts API calls the way `Sforce-Limit-Info` reports them: each that gets in by a session, refused ones included, for
 * 24 hours, to the minute. A call counts when it arrives: the limits resource counts the call that asks for it (recorded:
 * `nango-limits-v60`).
 */
export class Usage {
  /** Calls the org may make in 24 hours. */
  readonly limit: number
  readonly #clock: { now(): number }
  /** Calls by the minute of their arrival, oldest first. */
  #minutes: { readonly start: number; calls: number }[] = []
  #used = 0

  constructor(clock: { now(): number }, limit: number = DAILY_API_REQUESTS) {
    this.#clock = clock
    this.limit = limit
  }

  /** Calls of the last 24 hours. */
  get used(): number {
    const oldest = this.#clock.now() - DAY
    while (this.#minutes[0] !== undefined && this.#minutes[0].start <= oldest) {
      this.#used -= this.#minutes.shift()?.calls ?? 0
    }
    return this.#used
  }

  get remaining(): number {
    return Math.max(0, this.limit - this.used)
  }

  /** What `Sforce-Limit-Info` says. */
  get header(): string {
    return `api-usage=${this.used}/${this.limit}`
  }

  /** Counts one call; false, and nothing is counted, where none is left. */
  take(): boolean {
    if (this.remaining === 0) return false
    const now = this.#clock.now()
    const start = now - (now % MINUTE)
    const newest = this.#minutes.at(-1)
    if (newest?.start === start) newest.calls += 1
    else this.#minutes.push({ start, calls: 1 })
    this.#used += 1
    return true
  }

  reset(): void {
    this.#minutes = []
    this.#used = 0
  }
}
