import type { ApiErrorDetail } from './api-error.ts'
import { brand } from './brand.ts'
import { SalesforceError, type SalesforceErrorOptions } from './salesforce-error.ts'

/** What became of one record. */
export interface SaveResult {
  /** Absent when the record was not saved. */
  readonly id?: string
  /** Whether the record was saved. */
  readonly success: boolean
  /** True when it was inserted, false when an existing record was updated; absent where Salesforce does not say. */
  readonly created?: boolean
  /** Why it was not; empty for a success. */
  readonly errors: readonly ApiErrorDetail[]
}

/**
 * Some parts of a call were refused, and the caller asked for an error in that case.
 *
 * @typeParam R - What the call answers for each part: a `SaveResult` for a record, the result of a subrequest.
 */
export class PartialFailureError<R = SaveResult> extends SalesforceError {
  static {
    brand(PartialFailureError, 'PartialFailureError')
  }

  /** Stable across releases. */
  override readonly code: 'ERR_SF_PARTIAL' = 'ERR_SF_PARTIAL'
  /** One entry per part, in the order of the input. */
  readonly results: readonly R[]

  constructor(message: string, options: SalesforceErrorOptions & { readonly results: readonly R[] }) {
    super(message, options)
    this.results = options.results
  }

  /** The codes of all parts that were refused, each once. */
  override errorCodes(): readonly string[] {
    return [...new Set(this.results.flatMap(codesOf))]
  }
}

/** Results of records list `errors`, results of subrequests hold an `error`. */
function codesOf(result: unknown): readonly string[] {
  if (typeof result !== 'object' || result === null) return []
  const { errors, error } = result as { readonly errors?: readonly ApiErrorDetail[]; readonly error?: unknown }
  if (error instanceof SalesforceError) return error.errorCodes()
  return (errors ?? []).map(({ errorCode }) => errorCode)
}
