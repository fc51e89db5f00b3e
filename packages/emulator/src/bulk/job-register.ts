import type { StatementSync } from 'node:sqlite'
import type { Org } from '../org/org.ts'
import { jobNotFound } from './errors.ts'

/** Jobs and their results are kept seven days (Bulk API 2.0 guide, "Limits"). */
const LIFETIME = 7 * 86_400_000

/** What every job has. Everything in a job is plain JSON. */
export interface RegisteredJob {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly createdDate: number
}

/** A job with what belongs to it while the process lives. */
interface Entry<Job> {
  readonly job: Job
}

/** How a service comes to the entries of its jobs, and how it gets rid of them. */
export interface RegisterOptions<Job, E> {
  /** Which jobs: each kind has a register of its own. */
  readonly kind: 'ingest' | 'query'
  /** The entry of a job that an earlier process left in the data file. */
  readonly restored: (job: Job) => E
  /**
   * Ends the work of a job that is forgotten, and removes its files: before it returns, since after a reset the next job has
   * the same Id, and again when the work is over; never rejects.
   */
  readonly disposed: (entry: E) => Promise<void>
}

/**
 * The jobs of one kind, in the order of their creation. They are written to the org's database, so that they outlive the
 * process where the records do.
 */
export class JobRegister<Job extends RegisteredJob, E extends Entry<Job>> {
  readonly #org: Org
  readonly #options: RegisterOptions<Job, E>
  readonly #entries: Map<string, E> = new Map()
  /** What is still being tidied up after jobs that are forgotten. */
  readonly #leaving: Set<Promise<void>> = new Set()
  readonly #save: StatementSync
  readonly #remove: StatementSync

  constructor(org: Org, options: RegisterOptions<Job, E>) {
    this.#org = org
    this.#options = options
    const { database } = org
    const table = `"_${options.kind}_job"`
    database.exec(`CREATE TABLE IF NOT EXISTS ${table} (id TEXT PRIMARY KEY, job TEXT NOT NULL)`)
    this.#save = database.prepare(`INSERT OR REPLACE INTO ${table} (id, job) VALUES (?, ?)`)
    this.#remove = database.prepare(`DELETE FROM ${table} WHERE id = ?`)
    for (const { id, job } of database.prepare(`SELECT id, job FROM ${table} ORDER BY id`).all()) {
      org.ids.continueAfter(String(id))
      this.#entries.set(String(id), options.restored(JSON.parse(String(job)) as Job))
    }
    org.onReset(() => this.clear())
  }

  /** Adds a new job. */
  add(entry: E): void {
    this.#entries.set(entry.job.id, entry)
    this.save(entry.job)
  }

  /**
   * Writes a job down as it is; inside a transaction together with what else that writes. One that was forgotten while
   * work on it went on stays forgotten.
   */
  save(job: Job): void {
    if (!this.#entries.has(job.id)) return
    this.#save.run(job.id, JSON.stringify(job))
  }

  /**
   * The entry of a job by its 15- or 18-character Id.
   *
   * @throws WireError 404 where there is no such job (any more).
   */
  find(jobId: string): E {
    this.#forgetOld()
    // Salesforce takes the 15-character Id as well.
    const entry = this.#entries.get(jobId) ?? this.entries().find(({ job }) => job.id.startsWith(jobId))
    if (entry === undefined || jobId.length < 15) throw jobNotFound()
    return entry
  }

  /** Whether a job has this Id, the forgotten ones aside. */
  has(jobId: string): boolean {
    return this.#entries.has(jobId)
  }

  /** All entries in the order of their creation. */
  entries(): E[] {
    this.#forgetOld()
    return [...this.#entries.values()]
  }

  /** Forgets a job. */
  remove(entry: E): void {
    this.#entries.delete(entry.job.id)
    this.#remove.run(entry.job.id)
    const left = this.#options.disposed(entry).finally(() => this.#leaving.delete(left))
    this.#leaving.add(left)
  }

  /** Forgets every job. */
  clear(): void {
    for (const entry of [...this.#entries.values()]) this.remove(entry)
  }

  /** Settles when nothing is left of the jobs that are forgotten. */
  async tidied(): Promise<void> {
    await Promise.all(this.#leaving)
  }

  #forgetOld(): void {
    const oldest = this.#org.clock.now() - LIFETIME
    for (const entry of this.#entries.values()) {
      if (entry.job.createdDate >= oldest) return
      this.remove(entry)
    }
  }
}
