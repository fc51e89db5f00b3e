import type { ApiErrorDetail } from './api-error.ts'
import { brand } from './brand.ts'
import { SalesforceError, type SalesforceErrorOptions } from './salesforce-error.ts'

/** What became of one record. */
export interface SaveResult {
  /** Absent when the record was not saved. */
  readonly id?: string
  readonly success: boolean
  /** True when it was inserted, false when an existing record was updated; absent where Salesforce does not say. */
  readonly created?: boolean
  readonly errors: readonly ApiErrorDetail[]
}

/** Some records of a call were refused, and the caller asked for an error in that case. */
export class PartialFailureError extends SalesforceError {
  static {
    brand(PartialFailureError, 'PartialFailureError')
  }

  override readonly code: 'ERR_SF_PARTIAL' = 'ERR_SF_PARTIAL'
  /** One entry per input record, in input order. */
  readonly results: readonly SaveResult[]

  constructor(message: string, options: SalesforceErrorOptions & { readonly results: readonly SaveResult[] }) {
    super(message, options)
    this.results = options.results
  }

  override errorCodes(): readonly string[] {
    return [...new Set(this.results.flatMap((result) => result.errors.map((error) => error.errorCode)))]
  }
}
