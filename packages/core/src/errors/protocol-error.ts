import { brand } from './brand.ts'
import { SalesforceError } from './salesforce-error.ts'

/** The answer reports success but is not what the API promises: an HTML page, broken JSON, missing rows. */
export class ProtocolError extends SalesforceError {
  static {
    brand(ProtocolError, 'ProtocolError')
  }

  /** Stable across releases. */
  override readonly code: 'ERR_SF_PROTOCOL' = 'ERR_SF_PROTOCOL'
}
