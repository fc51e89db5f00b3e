import { brand } from './brand.ts'

/** The stable codes of this library's errors, one per class. */
export type SalesforceErrorCode =
  | 'ERR_SF_CONFIG'
  | 'ERR_SF_TRANSPORT'
  | 'ERR_SF_TIMEOUT'
  | 'ERR_SF_AUTH'
  | 'ERR_SF_API'
  | 'ERR_SF_SESSION'
  | 'ERR_SF_LIMIT'
  | 'ERR_SF_NOT_FOUND'
  | 'ERR_SF_MULTIPLE_MATCHES'
  | 'ERR_SF_DUPLICATE'
  | 'ERR_SF_PARTIAL'
  | 'ERR_SF_BULK_JOB'
  | 'ERR_SF_PROTOCOL'

/** The call during which an error arose. Never holds a query string, headers, a body or a token. */
export interface FailedRequest {
  /** HTTP method. */
  readonly method: string
  /** Path from the root of the instance, without its query string. */
  readonly path: string
  /** How often the request was sent; 0 when it never was. */
  readonly attempts: number
  /** True where an attempt before the last may have been carried out, since only its answer failed. */
  readonly uncertain?: true
}

/** What every error can be given. */
export interface SalesforceErrorOptions {
  /** The call that failed. */
  readonly request?: FailedRequest | undefined
  /** The error behind it. */
  readonly cause?: unknown
}

/**
 * The parent of every error that this library throws. An aborted call is the exception: it rejects with the signal's
 * own reason.
 *
 * @example
 * ```ts
 * try {
 *   await salesforce.sobject('Account').update(id, { Name: 'Acme' })
 * } catch (error) {
 *   if (error instanceof SalesforceError && error.has('UNABLE_TO_LOCK_ROW')) await later()
 *   else throw error
 * }
 * ```
 */
export abstract class SalesforceError extends Error {
  static {
    brand(SalesforceError, 'SalesforceError')
  }

  /** Stable across releases; narrows the class in a `switch`. */
  abstract readonly code: SalesforceErrorCode
  /** The call that failed, where there was one. */
  declare readonly request?: FailedRequest

  constructor(message: string, options: SalesforceErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    if (options.request !== undefined) this.request = options.request
  }

  /** True when Salesforce gave this error code, for instance `UNABLE_TO_LOCK_ROW`; codes are an open set of strings. */
  has(errorCode: string): boolean {
    return this.errorCodes().includes(errorCode)
  }

  /** Salesforce's own codes, in the order given; empty when Salesforce gave none. */
  errorCodes(): readonly string[] {
    return []
  }
}
