import { brand } from './brand.ts'
import { SalesforceError, type SalesforceErrorOptions } from './salesforce-error.ts'

/** What a `BulkJobError` can be given. */
export interface BulkJobErrorOptions extends SalesforceErrorOptions {
  /** Id of the job. */
  readonly jobId: string
  /** `Failed` or `Aborted`. */
  readonly state: string
}

/** A Bulk API 2.0 job ended as `Failed` or `Aborted`. The message holds Salesforce's reason. */
export class BulkJobError extends SalesforceError {
  static {
    brand(BulkJobError, 'BulkJobError')
  }

  /** Stable across releases. */
  override readonly code: 'ERR_SF_BULK_JOB' = 'ERR_SF_BULK_JOB'
  /** Id of the job, whose results are still there. */
  readonly jobId: string
  /** `Failed` or `Aborted`. */
  readonly state: string

  constructor(message: string, options: BulkJobErrorOptions) {
    super(message, options)
    this.jobId = options.jobId
    this.state = options.state
  }
}
