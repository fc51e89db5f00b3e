import type { InputRow } from '../csv/columns.ts'
import type { CallOptions } from '../http/connection.ts'
import type { Load } from './ingest-ledger.ts'
import type { FailedRow } from './ingest-results.ts'
import { readIngestResult } from './ingest-rows.ts'
import type { IngestJob } from './job.ts'
import type { JobRoad } from './job-road.ts'

/** Whether a row failed because another transaction held a record that it needs. The code may stand within that of a trigger. */
export function isLocked({ sf__Error }: FailedRow): boolean {
  return /\bUNABLE_TO_LOCK_ROW\b/.test(sf__Error)
}

/**
 * The rows of one pass that could not be locked, job after job: what the next pass loads. Results stay as they are once
 * their job has ended, so that the positions of rows in here mean the same at every reading.
 *
 * @param onEnd - Told how many they are, once all have been read.
 */
export async function* lockedRows(
  road: JobRoad<IngestJob>,
  loads: readonly Load[],
  call: CallOptions,
  onEnd: (rows: number) => void,
): AsyncGenerator<readonly InputRow[], void, undefined> {
  let count = 0
  for (const { job } of loads) {
    if (!job.numberRecordsFailed) continue
    for await (const rows of readIngestResult<FailedRow>(road, job, 'failed', call)) {
      const locked = rows.filter(isLocked)
      count += locked.length
      if (locked.length > 0) yield locked
    }
  }
  onEnd(count)
}
