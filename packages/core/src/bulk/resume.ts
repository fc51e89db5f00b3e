import { checkedFunction } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { checkedCall } from '../http/call-options.ts'
import type { CallOptions } from '../http/connection.ts'
import { checkedCheckpoint, type IngestCheckpoint } from './checkpoint.ts'
import { type BulkIngest, bulkIngest } from './ingest.ts'
import { type IngestOptions, settleIngestOptions } from './ingest-options.ts'
import { checkedSource, type IngestSource } from './ingest-source.ts'
import type { IngestJob } from './job.ts'
import type { JobRoad } from './job-road.ts'

/** How to go on with a load. */
export interface ResumeOptions extends CallOptions {
  /**
   * As in the options of `bulk.ingest`; that of the load before is not kept. Resuming uses up a checkpoint, so that what
   * this one is told must take its place: the old one does not know the jobs that are made from now on, and an insert would
   * insert their rows twice if it were resumed again. Rows of an insert without it are told by a `warning`.
   */
  readonly onCheckpoint?: IngestOptions['onCheckpoint']
}

/** Prepares to go on with a load; nothing is read or sent yet. */
export function resumeIngest(
  road: JobRoad<IngestJob>,
  from: IngestCheckpoint | string | readonly string[],
  source: IngestSource | undefined,
  options: ResumeOptions | undefined,
): BulkIngest {
  const { onCheckpoint, ...call } = checkedCall(options, 'bulk.resume', ['onCheckpoint'])
  if (onCheckpoint !== undefined) checkedFunction('onCheckpoint', onCheckpoint)
  const checkpoint = checkedCheckpoint(from)
  if (source !== undefined) checkedSource(source)
  if (checkpoint.options === undefined) {
    if (source === undefined) return bulkIngest(road, { options: undefined, source, checkpoint }, call)
    throw new ConfigurationError(
      'Jobs that are known by their Ids are only waited for: no row of a source would be loaded. Leave the source out, or ' +
        'resume from the checkpoint of the load.',
    )
  }
  if (!checkpoint.complete && source === undefined) {
    throw new ConfigurationError(
      'The input of this load is not in jobs as a whole; resuming needs the source: bulk.resume(checkpoint, source).',
    )
  }
  const settled = settleIngestOptions(checkpoint.options, 'checkpoint.options')
  return bulkIngest(road, { options: { ...settled, onCheckpoint }, source, checkpoint }, call)
}
