import { ConfigurationError } from '../errors/configuration-error.ts'
import type { IngestPart } from './ingest-part.ts'

/**
 * Holds parts back until the source is known to have the rows that jobs have already, so that nothing is sent of a
 * source that is another one. There are few of them: what an interrupted load had under way.
 *
 * @param rows - Rows of the source that were taken so far, those that jobs have among them found to be the right ones.
 * @param end - The row after the last one that is in a job.
 * @throws ConfigurationError when the source ends before that.
 */
export async function* onceRead(
  parts: AsyncGenerator<IngestPart, void, undefined>,
  rows: () => number,
  end: number,
  stop: AbortSignal,
): AsyncGenerator<IngestPart, void, undefined> {
  const held: IngestPart[] = []
  try {
    for await (const part of parts) {
      held.push(part)
      while (rows() >= end && held.length > 0) yield held.shift() as IngestPart
    }
    // A source that was left looks as if it had come to its end.
    if (rows() < end && !stop.aborted) {
      throw new ConfigurationError(
        `The source has only ${rows()} rows, but the jobs of the checkpoint took rows up to ${end}. ` +
          'Resume the load with the source that it began with.',
      )
    }
    while (!stop.aborted && held.length > 0) yield held.shift() as IngestPart
  } finally {
    for (const part of held) await part.close()
  }
}
