import { checkedChoice, checkedFunction } from '../check.ts'
import type { Clock } from '../http/connection.ts'
import type { JobState } from './job.ts'

/** How far a bulk load or extract has come. */
export interface BulkProgress {
  /**
   * What the load or extract is doing: a load reads its input ahead, uploads, is processed and loads locked rows again; an
   * extract is processed and downloaded.
   */
  readonly phase: 'reading' | 'uploading' | 'processing' | 'retrying' | 'downloading'
  /** Rows done so far in this phase, over all jobs; a row that is loaded again twice counts twice. */
  readonly rows: number
  /** Rows in all, where known. */
  readonly total?: number
  /** Bytes of CSV so far: uploaded ones of a load, downloaded ones of an extract. */
  readonly bytes: number
  /** How many jobs there are in each state. */
  readonly jobs: Readonly<Partial<Record<JobState, number>>>
  /** Estimated milliseconds until this phase is done, by its pace so far; absent as long as nobody can tell. */
  readonly timeLeft?: number
  /** The job that the news is about. */
  readonly jobId?: string
}

/** A listener; what it returns or throws is ignored. */
export type ProgressListener = (progress: BulkProgress) => unknown

/** Tells the listeners of one load or extract how far it has come. None of them can fail or delay it. */
export class ProgressEvents {
  readonly #clock: Clock
  readonly #listeners = new Set<ProgressListener>()
  #phase: BulkProgress['phase'] | undefined
  /** When the present phase was first heard of, and the rows that were done by then. */
  #since = 0
  #before = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Adds a listener; the function that comes back removes it.
   *
   * @throws ConfigurationError for another event, or a listener that is no function.
   */
  on(event: 'progress', listener: ProgressListener): () => void {
    checkedChoice('event', event, ['progress'])
    checkedFunction('listener', listener)
    // A wrapper of its own, so that one function added twice can be removed once.
    const entry: ProgressListener = (progress) => listener(progress)
    this.#listeners.add(entry)
    return () => {
      this.#listeners.delete(entry)
    }
  }

  /** Begins the present phase anew, so that its pace is counted from the next news on. */
  restart(): void {
    this.#phase = undefined
  }

  /** Tells all listeners, with an estimate of the time that is left. */
  report(news: Omit<BulkProgress, 'timeLeft'>): void {
    if (news.phase !== this.#phase) {
      this.#phase = news.phase
      this.#since = this.#clock.now()
      this.#before = news.rows
    }
    if (this.#listeners.size === 0) return
    const timeLeft = this.#timeLeft(news)
    const progress: BulkProgress = timeLeft === undefined ? news : { ...news, timeLeft }
    for (const listener of [...this.#listeners]) {
      try {
        const result: unknown = listener(progress)
        if (typeof result === 'object' && result !== null) Promise.resolve(result).catch(() => {})
      } catch {
        // A listener's own bug must not fail the load.
      }
    }
  }

  #timeLeft({ rows, total }: Omit<BulkProgress, 'timeLeft'>): number | undefined {
    if (total === undefined) return undefined
    if (rows >= total) return 0
    const elapsed = this.#clock.now() - this.#since
    const done = rows - this.#before
    return done > 0 && elapsed > 0 ? Math.round((elapsed / done) * (total - rows)) : undefined
  }
}
