const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Something of which an org may use so much in any 24 hours, counted to the minute. */
export class DailyAllowance {
  /** How much may be used in 24 hours. */
  readonly limit: number
  readonly #clock: { now(): number }
  /** What was used, by the minute, oldest first. */
  #minutes: { readonly start: number; amount: number }[] = []
  #used = 0

  constructor(clock: { now(): number }, limit: number) {
    this.#clock = clock
    this.limit = limit
  }

  /** What was used in the last 24 hours. */
  get used(): number {
    const oldest = this.#clock.now() - DAY
    while (this.#minutes[0] !== undefined && this.#minutes[0].start <= oldest) {
      this.#used -= this.#minutes.shift()?.amount ?? 0
    }
    return this.#used
  }

  get remaining(): number {
    return Math.max(0, this.limit - this.used)
  }

  /** Counts what is used, whether or not so much is left. */
  count(amount: number): void {
    const now = this.#clock.now()
    const start = now - (now % MINUTE)
    const newest = this.#minutes.at(-1)
    if (newest?.start === start) newest.amount += amount
    else this.#minutes.push({ start, amount })
    this.#used += amount
  }

  reset(): void {
    this.#minutes = []
    this.#used = 0
  }
}
