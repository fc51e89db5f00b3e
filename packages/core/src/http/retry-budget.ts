/** What a success earns back of one retry. */
const refund = 0.2

/**
 * Limits the retries of a whole client, so that an outage is not answered with a multiple of the usual traffic. Each
 * retry takes one from the budget, each success gives a fifth back.
 */
export class RetryBudget {
  readonly #size: number
  #left: number

  constructor(size: number) {
    this.#size = size
    this.#left = size
  }

  /** Takes one retry; false when the budget is used up. */
  take(): boolean {
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }

  giveBack(): void {
    this.#left = Math.min(this.#size, this.#left + refund)
  }
}
