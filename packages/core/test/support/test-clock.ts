import type { Clock } from '@forcewire/core'

interface Sleeper {
  readonly until: number
  wake(): void
}

/**
 * A clock without waiting. Sleeps up to `skipUpTo` milliseconds (back-off, polls) end at once and move the time on;
 * longer ones (deadlines) wait until `advance()`.
 */
export class TestClock implements Clock {
  /** Every short sleep, in order. */
  readonly sleeps: number[] = []
  readonly #sleepers = new Set<Sleeper>()
  readonly #skipUpTo: number
  #now: number

  constructor(skipUpTo: number = 15_000, now: number = Date.UTC(2026, 10, 22)) {
    this.#skipUpTo = skipUpTo
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  /** Sleeps that are waiting for `advance()`. */
  get sleeping(): number {
    return this.#sleepers.size
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    if (milliseconds <= this.#skipUpTo) {
      this.sleeps.push(milliseconds)
      this.advance(milliseconds)
      return
    }
    await new Promise<void>((resolve, reject) => {
      const sleeper: Sleeper = { until: this.#now + milliseconds, wake: resolve }
      this.#sleepers.add(sleeper)
      signal?.addEventListener('abort', () => {
        this.#sleepers.delete(sleeper)
        reject(signal.reason)
      })
    })
  }

  /** Moves the time on and wakes whoever is due. */
  advance(milliseconds: number): void {
    this.#now += milliseconds
    for (const sleeper of this.#sleepers) {
      if (sleeper.until > this.#now) continue
      this.#sleepers.delete(sleeper)
      sleeper.wake()
    }
  }
}
