import { brand } from './brand.ts'
import { SalesforceError } from './salesforce-error.ts'

/** An option or an input is wrong. Thrown before any request; the message names the option. */
export class ConfigurationError extends SalesforceError {
  static {
    brand(ConfigurationError, 'ConfigurationError')
  }

  /** Stable across releases. */
  override readonly code: 'ERR_SF_CONFIG' = 'ERR_SF_CONFIG'
}
