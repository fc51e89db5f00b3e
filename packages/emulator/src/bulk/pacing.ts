import type { Org } from '../org/org.ts'

/** What a paced job does. */
export interface PacedWork {
  /** The job leaves the queue. */
  readonly start: () => void
  /** Does the work; never rejects. */
  readonly run: () => Promise<void>
}

/**
 * Lets a background job go as fast as the org's pace says when it is queued: at once, after a number of status reads
 * (the last of them waits for the work and so shows the end), or after milliseconds on the org's clock.
 */
export class PacedJob {
  readonly #work: PacedWork
  readonly #clock: Org['clock']
  readonly #reads: number | undefined
  readonly #due: number | undefined
  #readsSeen = 0
  #running: Promise<void> | undefined
  #cancelled = false

  constructor(org: Pick<Org, 'pace' | 'clock'>, work: PacedWork) {
    this.#work = work
    this.#clock = org.clock
    const { pace } = org
    this.#reads = typeof pace === 'object' && 'reads' in pace ? pace.reads : undefined
    this.#due = typeof pace === 'object' && 'milliseconds' in pace ? this.#clock.now() + pace.milliseconds : undefined
    // At once means right after the answer to the call that queued the job.
    if (pace === 'at-once') setImmediate(() => void this.#go())
    // A job also ends when nobody looks; with a clock that stands still the next look decides.
    if (typeof pace === 'object' && 'milliseconds' in pace)
      setTimeout(() => void this.look(), pace.milliseconds).unref()
  }

  /** A status read: it may be the one that lets the job begin or end. */
  async read(): Promise<void> {
    this.#readsSeen += 1
    if (this.#reads !== undefined && this.#readsSeen > 1) this.#work.start()
    if (this.#reads !== undefined && this.#readsSeen >= this.#reads) await this.#go()
    await this.look()
  }

  /** Lets time pass without counting as a read. */
  async look(): Promise<void> {
    if (this.#due !== undefined && this.#clock.now() >= this.#due) await this.#go()
  }

  /** The job is not to begin any more. */
  cancel(): void {
    this.#cancelled = true
  }

  /** Settles when no work is going on. */
  async idle(): Promise<void> {
    await this.#running
  }

  async #go(): Promise<void> {
    if (this.#cancelled) return
    this.#running ??= this.#work.run()
    await this.#running
  }
}
