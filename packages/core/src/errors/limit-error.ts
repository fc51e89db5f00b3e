import { ApiError, type ApiErrorOptions } from './api-error.ts'
import { brand } from './brand.ts'

/** What a `LimitError` can be given. */
export interface LimitErrorOptions extends ApiErrorOptions {
  /** Which kind of limit it is. */
  readonly scope: 'daily' | 'concurrent' | 'rate'
  /** Milliseconds to wait. */
  readonly retryAfter?: number | undefined
}

/** A limit of the org stopped the call (`REQUEST_LIMIT_EXCEEDED` or HTTP 429), or the client's own `usageLimit` did. */
export class LimitError extends ApiError {
  static {
    brand(LimitError, 'LimitError')
  }

  /** Stable across releases. */
  override readonly code: 'ERR_SF_LIMIT' = 'ERR_SF_LIMIT'
  /**
   * `daily`: the rolling 24-hour quota is used up, waiting seconds does not help; `concurrent`: too many long requests
   * run at this moment, waiting seconds helps; `rate`: HTTP 429.
   */
  readonly scope: 'daily' | 'concurrent' | 'rate'
  /** Milliseconds to wait, where Salesforce said so. */
  declare readonly retryAfter?: number

  constructor(message: string, options: LimitErrorOptions) {
    super(message, options)
    this.scope = options.scope
    if (options.retryAfter !== undefined) this.retryAfter = options.retryAfter
  }
}
