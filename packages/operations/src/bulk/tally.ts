import type { IngestJob, RecordStream } from '@forcewire/core/portable'
import type { Row } from '../operation.ts'

/** What became of the rows of one or several ingest jobs. The parts add up to `rows`. */
export interface IngestTally {
  readonly created: number
  readonly updated: number
  readonly deleted: number
  readonly failed: number
  readonly unprocessed: number
}

/**
 * Splits the successes by what they did. An upsert's job info has no such split, so its successful rows are counted
 * by their `sf__Created`; for the other operations the job's own numbers say it.
 */
export async function tally(
  operation: IngestJob['operation'],
  succeeded: number,
  successful: () => RecordStream<Row>,
): Promise<Pick<IngestTally, 'created' | 'updated' | 'deleted'>> {
  if (operation === 'insert') return { created: succeeded, updated: 0, deleted: 0 }
  if (operation === 'update') return { created: 0, updated: succeeded, deleted: 0 }
  if (operation !== 'upsert') return { created: 0, updated: 0, deleted: succeeded }
  let created = 0
  let updated = 0
  for await (const { records } of successful().pages()) {
    for (const { sf__Created } of records) {
      if (sf__Created === true || sf__Created === 'true') created++
      else updated++
    }
  }
  return { created, updated, deleted: 0 }
}
