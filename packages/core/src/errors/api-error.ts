import { brand } from './brand.ts'
import { SalesforceError, type SalesforceErrorCode, type SalesforceErrorOptions } from './salesforce-error.ts'

/** One of the errors that an answer of Salesforce lists. */
export interface ApiErrorDetail {
  /** Salesforce's code, for instance `REQUIRED_FIELD_MISSING`; empty when the answer held none. */
  readonly errorCode: string
  /** Salesforce's words, trimmed. May be localised and may hold markup: escape it before showing it as HTML. */
  readonly message: string
  /** Names of the fields concerned; often empty. */
  readonly fields: readonly string[]
}

/** What an `ApiError` can be given. */
export interface ApiErrorOptions extends SalesforceErrorOptions {
  /** HTTP status; 0 where the option `usageLimit` kept the call from being sent. */
  readonly status: number
  /** All errors of the answer, in its order. */
  readonly errors: readonly ApiErrorDetail[]
  /** Headers of the answer. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** The parsed body of the answer. */
  readonly body?: unknown
}

/** The codes of errors that are answers of Salesforce. */
type ApiErrorCode = Extract<
  SalesforceErrorCode,
  'ERR_SF_API' | 'ERR_SF_SESSION' | 'ERR_SF_LIMIT' | 'ERR_SF_NOT_FOUND' | 'ERR_SF_MULTIPLE_MATCHES' | 'ERR_SF_DUPLICATE'
>

/** Salesforce answered, and the answer is an error. */
export class ApiError extends SalesforceError {
  static {
    brand(ApiError, 'ApiError')
  }

  /** Tells the kinds of answers apart. */
  override readonly code: ApiErrorCode = 'ERR_SF_API'
  /** HTTP status; 0 where the option `usageLimit` kept the call from being sent. */
  readonly status: number
  /** Code of the first error; absent when the answer held none (HTML pages, empty bodies). */
  declare readonly errorCode?: string
  /** All errors of the answer, in its order. */
  readonly errors: readonly ApiErrorDetail[]
  /** Headers of the answer, lower-case names, without cookies; for support: `x-sfdc-request-id`. */
  declare readonly headers: Readonly<Record<string, string>>
  /**
   * The parsed body of the answer where it was JSON, else `undefined`: Apex REST classes answer in shapes of their own.
   * Like `headers` it is not enumerable, so that no log shows it.
   */
  declare readonly body: unknown

  constructor(message: string, options: ApiErrorOptions) {
    super(message, options)
    this.status = options.status
    this.errors = options.errors
    const errorCode = options.errors[0]?.errorCode
    if (errorCode) this.errorCode = errorCode
    // Not enumerable: a logged error should be short.
    Object.defineProperty(this, 'headers', { value: options.headers ?? {}, enumerable: false })
    Object.defineProperty(this, 'body', { value: options.body, enumerable: false })
  }

  /** The codes of all errors of the answer. */
  override errorCodes(): readonly string[] {
    return this.errors.map((error) => error.errorCode).filter((errorCode) => errorCode !== '')
  }
}

/** The session is not valid, and renewing it once did not help (or this credential cannot be renewed). */
export class SessionError extends ApiError {
  static {
    brand(SessionError, 'SessionError')
  }

  /** Stable across releases. */
  override readonly code: 'ERR_SF_SESSION' = 'ERR_SF_SESSION'
}

/** No record has this id or key, or the resource does not exist. */
export class NotFoundError extends ApiError {
  static {
    brand(NotFoundError, 'NotFoundError')
  }

  /** Stable across releases. */
  override readonly code: 'ERR_SF_NOT_FOUND' = 'ERR_SF_NOT_FOUND'
}
