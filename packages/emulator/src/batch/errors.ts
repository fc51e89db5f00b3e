import type { ErrorEntry } from '../errors.ts'

/** What stands for a subrequest behind the one that stopped the batch; the code is documented, the text is not. */
export function batchHalted(): ErrorEntry {
  return { errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }
}
