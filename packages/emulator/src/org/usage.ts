/** Calls per rolling day that the emulated org is entitled to. */
const DAILY_API_REQUESTS = 100_000

/** Counts API calls the way `Sforce-Limit-Info` reports them: one per answered call on a data road, errors included. */
export class Usage {
  #used = 0
  /** Calls the org may make in a day; shown, not enforced (inject a REQUEST_LIMIT_EXCEEDED fault for that). */
  readonly limit: number = DAILY_API_REQUESTS

  get used(): number {
    return this.#used
  }

  get remaining(): number {
    return Math.max(0, this.limit - this.#used)
  }

  /** Counts one call and gives the header value that tells of it. */
  count(): string {
    this.#used += 1
    return `api-usage=${this.#used}/${this.limit}`
  }

  reset(): void {
    this.#used = 0
  }
}
