import type { Clock } from './connection.ts'
import { Crowd, type Member } from './crowd.ts'

/** Something that happens at a point in time unless it is removed before. */
export class Expiry implements Member {
  place = -1
  /** Milliseconds since the epoch. */
  at: number
  /** Called once, after removal. Must not throw. */
  readonly expire: () => void

  constructor(at: number, expire: () => void) {
    this.at = at
    this.expire = expire
  }
}

/** One sleep for all deadlines of a client: a thousand calls in flight cost one timer. */
export class SharedTimer {
  readonly #clock: Clock
  readonly #entries = new Crowd<Expiry>()
  #sleep: AbortController | undefined
  #wakesAt = Number.POSITIVE_INFINITY

  constructor(clock: Clock) {
    this.#clock = clock
  }

  add(entry: Expiry): void {
    this.#entries.add(entry)
    if (entry.at < this.#wakesAt) this.#sleepUntil(entry.at)
  }

  /** The last removal ends the sleep, so that an idle client keeps no process alive. */
  remove(entry: Expiry): void {
    if (this.#entries.delete(entry) && this.#entries.size === 0) this.#stop()
  }

  #sleepUntil(at: number): void {
    this.#stop()
    const sleep = new AbortController()
    this.#sleep = sleep
    this.#wakesAt = at
    this.#clock.sleep(Math.max(0, at - this.#clock.now()), sleep.signal).then(
      () => {
        if (this.#sleep === sleep) this.#wake()
      },
      () => {},
    )
  }

  #wake(): void {
    const now = this.#clock.now()
    this.#sleep = undefined
    this.#wakesAt = Number.POSITIVE_INFINITY
    for (const entry of this.#entries) {
      if (entry.at > now) continue
      this.#entries.delete(entry)
      entry.expire()
    }
    let earliest = Number.POSITIVE_INFINITY
    for (const entry of this.#entries) earliest = Math.min(earliest, entry.at)
    if (earliest < this.#wakesAt) this.#sleepUntil(earliest)
  }

  #stop(): void {
    // A reason of its own costs nothing; the usual one is an error, whose stack is made each time.
    this.#sleep?.abort('not needed')
    this.#sleep = undefined
    this.#wakesAt = Number.POSITIVE_INFINITY
  }
}
