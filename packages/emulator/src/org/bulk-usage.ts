import { DailyAllowance } from './daily-allowance.ts'

/** Rows of an upload that are a batch, whole or not (Bulk API 2.0 guide, "Limits"). */
const BATCH_ROWS = 10_000
/** The terabyte of results that an org may make a day is 976,562 MB in its limits (recorded: `nango-limits-v60`). */
const MEGABYTE = 1_024_000

/** What Bulk API 2.0 jobs use up in a day. It is counted and told; a job beyond it is not refused. */
export class BulkUsage {
  readonly batches: DailyAllowance
  readonly queryJobs: DailyAllowance
  /** Bytes of results. */
  readonly queryResults: DailyAllowance

  constructor(clock: { now(): number }) {
    this.batches = new DailyAllowance(clock, 15_000)
    this.queryJobs = new DailyAllowance(clock, 10_000)
    this.queryResults = new DailyAllowance(clock, 976_562 * MEGABYTE)
  }

  /** Counts the batches that a job began between two numbers of processed rows. */
  countRows(before: number, after: number): void {
    this.batches.count(Math.ceil(after / BATCH_ROWS) - Math.ceil(before / BATCH_ROWS))
  }

  /** Megabytes of results that are left. */
  get remainingMegabytes(): number {
    return Math.floor(this.queryResults.remaining / MEGABYTE)
  }

  reset(): void {
    for (const allowance of [this.batches, this.queryJobs, this.queryResults]) allowance.reset()
  }
}
