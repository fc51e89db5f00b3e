import { type ErrorEntry, WireError } from '../errors.ts'

/** More subrequests than a call takes; the words are those of a composite call. */
export function tooManyRequests(limit: number): WireError {
  return new WireError(400, {
    errorCode: 'LIMIT_EXCEEDED',
    message: `The request can’t contain more than ${limit} operations.`,
  })
}

/** What stands for a subrequest behind the one that stopped the batch; the text is not documented. */
export function batchHalted(): ErrorEntry {
  return { errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }
}

/** A resource that cannot stand in a batch; Salesforce's own words are not known. */
export function notBatchable(method: string, url: string): ErrorEntry {
  return { errorCode: 'INVALID_INPUT', message: `The Composite Batch resource does not support ${method} ${url}` }
}
