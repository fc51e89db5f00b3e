import type { LineEnding } from '../csv/dialect.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { type CheckpointJob, type CheckpointOptions, type IngestCheckpoint, rangesOf, sentRows } from './checkpoint.ts'
import { type IngestJob, isFinal, type JobState } from './job.ts'
import type { TakenRange } from './taken-rows.ts'

/** What became of the rows of a load so far: `rows` = `successful` + `failed` + `unprocessed`. */
export interface IngestCounts {
  /** Rows of the input, as far as they are in jobs or rejected. */
  readonly rows: number
  /** Rows that Salesforce worked on, refused ones included. */
  readonly processed: number
  /** Rows that Salesforce took. */
  readonly successful: number
  /** Rows that Salesforce refused, and the `rejected` ones. */
  readonly failed: number
  /** Rows that could not be sent to Salesforce. */
  readonly rejected: number
  /** Rows that Salesforce has not come to, or never will where their job has ended. */
  readonly unprocessed: number
}

/** A job of a load, and which rows it took. */
export interface Load extends Omit<CheckpointJob, 'id' | 'pass' | 'closing'> {
  /** The newest info. */
  job: IngestJob
  uploaded: boolean
  closing?: boolean
  /** Of an ended job that is known by its Id alone: the rows that it never came to. */
  unprocessed?: number
  /** 0 for rows of the input. */
  readonly pass: number
}

/** The jobs of one load and what is known of each: what a checkpoint, the counts and the progress are made of. */
export class IngestLedger {
  readonly #options: CheckpointOptions | undefined
  #loads: Load[] = []
  #columns: readonly string[] | undefined
  #complete = false
  #rows: number | undefined
  #rejected: number | undefined

  constructor(options: CheckpointOptions | undefined) {
    this.#options = options
  }

  /** Goes on where a checkpoint ended, with the jobs of it that took their rows. */
  restore({ columns, complete, rows, rejected }: IngestCheckpoint, taken: readonly Load[], whole: boolean): void {
    this.#loads = [...taken]
    this.#columns = columns
    this.#complete = complete && whole
    this.#rows = rows
    this.#rejected = rejected
  }

  /** Whether every row of the input is in a job or rejected. */
  get complete(): boolean {
    return this.#complete
  }

  /** Whether rows of the input are in no job: rejected ones, once it is `complete`. */
  get hasUnsent(): boolean {
    return this.#rows !== sentRows(this.#loads)
  }

  /** Rows of the input, once known. */
  get inputRows(): number | undefined {
    return this.#rows
  }

  get columns(): readonly string[] | undefined {
    return this.#columns
  }

  /** Adds a job before its first row is sent. */
  add(load: Load): void {
    // A row of the input that is in a job only now.
    if (load.pass === 0 && load.follows === undefined) this.#complete = false
    this.#loads.push(load)
    this.#loads.sort(inOrder)
  }

  /** Forgets a job whose rows go into another one. */
  drop(id: string): void {
    this.#loads = this.#loads.filter(({ job }) => job.id !== id)
  }

  /** Takes note that a job has its rows. */
  arrived(job: IngestJob): Load {
    const load = this.#loads.find((one) => one.job.id === job.id) as Load
    load.job = job
    load.uploaded = true
    return load
  }

  /** All rows of the input are in jobs or rejected. */
  end(rows: number): void {
    this.#complete = true
    this.#rows = rows
    this.#rejected = rows - sentRows(this.#loads)
  }

  /**
   * Takes note of the columns that are sent.
   * @throws ConfigurationError when the jobs before had others.
   */
  expectColumns(columns: readonly string[]): void {
    this.#columns ??= [...columns]
    const before = this.#columns
    if (before.length === columns.length && before.every((name, index) => name === columns[index])) return
    throw new ConfigurationError(
      `The source has the columns ${columns.join(', ')}, but the load of this checkpoint has ${before.join(', ')}. ` +
        'Resume it with the source that it began with.',
    )
  }

  /** The jobs that have their rows, in the order of the input and then of the passes. */
  get uploaded(): Load[] {
    return this.#loads.filter(({ uploaded }) => uploaded)
  }

  /** How lines end in the uploads, once there is one. */
  get lineEnding(): LineEnding | undefined {
    return this.#loads[0]?.job.lineEnding
  }

  /** The Ids of all jobs. */
  get ids(): string[] {
    return this.#loads.map(({ job }) => job.id)
  }

  /** The jobs of one pass that have their rows: those that a second pass looks into. */
  ofPass(pass: number): Load[] {
    return this.uploaded.filter((load) => load.pass === pass)
  }

  /** The rows of one source that are in jobs. */
  taken(pass: number, follows?: string): TakenRange[] {
    return rangesOf(this.uploaded.map(entry), pass, follows)
  }

  /** Rows of an ended job that it never came to and that are in no other job either. */
  left(load: Load): number {
    if (load.rows === undefined || !isFinal(load.job) || load.job.state === 'JobComplete') return 0
    const sent = this.uploaded.reduce((sum, { follows, rows = 0 }) => sum + (follows === load.job.id ? rows : 0), 0)
    return load.rows - (load.job.numberRecordsProcessed ?? 0) - sent
  }

  checkpoint(): IngestCheckpoint {
    return {
      version: 1,
      ...(this.#options === undefined ? {} : { options: this.#options }),
      ...(this.#columns === undefined ? {} : { columns: this.#columns }),
      complete: this.#complete,
      ...(this.#complete && this.#rows !== undefined ? { rows: this.#rows } : {}),
      ...(this.#complete && this.#rejected !== undefined ? { rejected: this.#rejected } : {}),
      jobs: this.#loads.map(entry),
    }
  }

  /** @param rejected Rows that could not be sent, as far as the input was read. */
  counts(rejected: number): IngestCounts {
    let sent = 0
    let successful = 0
    let refused = 0
    for (const load of this.uploaded) {
      const { job, rows, pass, follows } = load
      const done = doneBy(load)
      const failed = job.numberRecordsFailed ?? 0
      successful += done - failed
      refused += failed
      if (follows !== undefined) continue
      if (pass === 0) sent += rows ?? done + (load.unprocessed ?? 0)
      // They have failed in the pass before; whether for good shows now.
      else refused -= rows ?? 0
    }
    const unsent = this.#complete && this.#rows !== undefined ? this.#rows - sent : rejected
    return {
      rows: sent + unsent,
      processed: successful + refused,
      successful,
      failed: refused + unsent,
      rejected: unsent,
      unprocessed: sent - successful - refused,
    }
  }

  /** Rows that Salesforce worked on in second passes, each as often as it did. */
  get retried(): number {
    return this.uploaded.reduce((sum, load) => sum + (load.pass > 0 ? doneBy(load) : 0), 0)
  }

  /** How many jobs there are in each state. */
  states(): Partial<Record<JobState, number>> {
    const states: Partial<Record<JobState, number>> = {}
    for (const { job } of this.#loads) states[job.state] = (states[job.state] ?? 0) + 1
    return states
  }
}

/**
 * Pass after pass; in each the source in its order, and then what follows other jobs, as it came. The second pass counts
 * rows in this order, which is why it must not change once the pass is over.
 */
function inOrder(a: Load, b: Load): number {
  if (a.pass !== b.pass) return a.pass - b.pass
  if (a.follows !== undefined || b.follows !== undefined) {
    return Number(a.follows !== undefined) - Number(b.follows !== undefined)
  }
  return (a.range?.from ?? 0) - (b.range?.from ?? 0)
}

function doneBy({ job, rows = 0 }: Load): number {
  return job.numberRecordsProcessed ?? (job.state === 'JobComplete' ? rows : 0)
}

function entry({ job, uploaded, closing, range, rows, check, pass, follows }: Load): CheckpointJob {
  return {
    id: job.id,
    uploaded,
    ...(closing && !uploaded ? { closing } : {}),
    ...(range === undefined ? {} : { range }),
    ...(rows === undefined ? {} : { rows }),
    ...(check === undefined ? {} : { check }),
    ...(pass ? { pass } : {}),
    ...(follows === undefined ? {} : { follows }),
  }
}
