import { brand } from './brand.ts'
import { SalesforceError, type SalesforceErrorOptions } from './salesforce-error.ts'

/** What an `AuthenticationError` can be given. */
export interface AuthenticationErrorOptions extends SalesforceErrorOptions {
  /** Salesforce's code. */
  readonly errorCode?: string | undefined
  /** Salesforce's own words. */
  readonly description?: string | undefined
  /** HTTP status of the refusal. */
  readonly status?: number | undefined
}

/**
 * Salesforce refused the login, or the credential cannot be used. Never retried: repeated wrong logins lock users out.
 */
export class AuthenticationError extends SalesforceError {
  static {
    brand(AuthenticationError, 'AuthenticationError')
  }

  /** Stable across releases. */
  override readonly code: 'ERR_SF_AUTH' = 'ERR_SF_AUTH'
  /** Salesforce's code, for instance `invalid_grant` (OAuth) or `INVALID_LOGIN` (SOAP). */
  declare readonly errorCode?: string
  /** Salesforce's own words. */
  declare readonly description?: string
  /** HTTP status of the refusal. */
  declare readonly status?: number

  constructor(message: string, options: AuthenticationErrorOptions = {}) {
    super(message, options)
    if (options.errorCode !== undefined) this.errorCode = options.errorCode
    if (options.description !== undefined) this.description = options.description
    if (options.status !== undefined) this.status = options.status
  }

  /** Salesforce's code, where it gave one. */
  override errorCodes(): readonly string[] {
    return this.errorCode === undefined ? [] : [this.errorCode]
  }
}
