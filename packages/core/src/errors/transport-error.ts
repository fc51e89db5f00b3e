import { brand } from './brand.ts'
import { SalesforceError, type SalesforceErrorOptions } from './salesforce-error.ts'

/** What a `TransportError` can be given. */
export interface TransportErrorOptions extends SalesforceErrorOptions {
  /** The network's own code. */
  readonly networkCode?: string | undefined
  /** False when the request surely never left. Default true. */
  readonly sent?: boolean | undefined
}

/** There was no answer, or it broke off: name resolution, connection, TLS, a socket that closed. */
export class TransportError extends SalesforceError {
  static {
    brand(TransportError, 'TransportError')
  }

  /** Stable across releases; tells a timeout from the rest. */
  override readonly code: 'ERR_SF_TRANSPORT' | 'ERR_SF_TIMEOUT' = 'ERR_SF_TRANSPORT'
  /** The network's own code, for instance `ECONNREFUSED`, where there is one. */
  declare readonly networkCode?: string
  /** False when the request surely never reached Salesforce, so that even a create may be sent again. */
  readonly sent: boolean

  constructor(message: string, options: TransportErrorOptions = {}) {
    super(message, options)
    if (options.networkCode !== undefined) this.networkCode = options.networkCode
    this.sent = options.sent ?? true
  }
}

/** What a `TimeoutError` can be given. */
export interface TimeoutErrorOptions extends TransportErrorOptions {
  /** What was waited for. */
  readonly phase: 'connect' | 'headers' | 'body' | 'job'
}

/** The answer took longer than `timeout` (headers) or went silent (body), or a bulk job longer than its limit. */
export class TimeoutError extends TransportError {
  static {
    brand(TimeoutError, 'TimeoutError')
  }

  /** Stable across releases. */
  override readonly code: 'ERR_SF_TIMEOUT' = 'ERR_SF_TIMEOUT'
  /**
   * `connect`: no connection in time; `headers`: the call's `timeout` passed; `body`: the body went silent; `job`: a bulk
   * job was not done within the time that the caller gave it.
   */
  readonly phase: 'connect' | 'headers' | 'body' | 'job'

  constructor(message: string, options: TimeoutErrorOptions) {
    super(message, options)
    this.phase = options.phase
  }
}
