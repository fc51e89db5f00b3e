import { ApiError, type ApiErrorOptions } from './api-error.ts'
import { brand } from './brand.ts'

/** An external id that is not unique names several records (HTTP 300). */
export class MultipleMatchesError extends ApiError {
  static {
    brand(MultipleMatchesError, 'MultipleMatchesError')
  }

  /** Stable across releases. */
  override readonly code: 'ERR_SF_MULTIPLE_MATCHES' = 'ERR_SF_MULTIPLE_MATCHES'
  /** Paths of the records that match: `/services/data/v67.0/sobjects/Account/001...`. */
  readonly candidates: readonly string[]

  constructor(message: string, options: ApiErrorOptions & { readonly candidates: readonly string[] }) {
    super(message, options)
    this.candidates = options.candidates
  }
}

/** A record that a duplicate rule found. */
export interface DuplicateMatch {
  /** Id of the record. */
  readonly id: string
  /** sObject of the record, for instance `Account`. */
  readonly type: string
  /** 0 to 100. */
  readonly confidence: number
  /** `ExactMatchEngine`, `FuzzyMatchEngine`, ... */
  readonly engine: string
  /** Name of the matching rule. */
  readonly rule: string
}

/** A duplicate rule refused the record (`DUPLICATES_DETECTED`). */
export class DuplicateError extends ApiError {
  static {
    brand(DuplicateError, 'DuplicateError')
  }

  /** Stable across releases. */
  override readonly code: 'ERR_SF_DUPLICATE' = 'ERR_SF_DUPLICATE'
  /** The records that the new one duplicates. */
  readonly matches: readonly DuplicateMatch[]

  constructor(message: string, options: ApiErrorOptions & { readonly matches: readonly DuplicateMatch[] }) {
    super(message, options)
    this.matches = options.matches
  }
}
