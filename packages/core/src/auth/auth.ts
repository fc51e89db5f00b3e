import type { Clock, Replay } from '../http/connection.ts'

/** What a login brings. */
export interface Login {
  /** The token, without the word `Bearer`. */
  readonly accessToken: string
  /** Where this session's API calls go. Default: the client's `instanceUrl`. */
  readonly instanceUrl?: string | undefined
  /** Milliseconds for which the token is known to be valid. Default: until Salesforce says otherwise. */
  readonly lifetime?: number | undefined
}

/** What a login may use. */
export interface LoginContext {
  /** The client's `instanceUrl`, where it was given one. */
  readonly instanceUrl: string | undefined
  /** `67.0` */
  readonly apiVersion: string
  /** The client's clock. */
  readonly clock: Clock
  /** Checks an address by the client's host rules; `option` names it in errors. */
  origin(address: string, option: string): string
  /** Sends a form or an XML document through the client's retries and events; resolves to the text of the answer. */
  post(request: LoginRequest): Promise<string>
  /** Tells listeners of `warning`. */
  warn(message: string): void
  /** Aborted when nobody waits for this login any more: its calls were aborted, or the client was closed. */
  readonly signal: AbortSignal
}

/** One HTTP call of a login. */
export interface LoginRequest {
  /** Checked address: scheme, host, port. */
  readonly origin: string
  /** Path from the root of the login host. */
  readonly path: string
  /** Headers of the request. */
  readonly headers: Readonly<Record<string, string>>
  /** The form or the envelope, as text. */
  readonly body: string
  /**
   * Secrets in the body, in plain text; errors and events show `...` in their place, should the server repeat them.
   * The values of a form need not be named.
   */
  readonly secrets?: readonly string[] | undefined
  /** Default `always`: a login may be repeated. A code that works once is sent `if-unsent`. */
  readonly replay?: Replay | undefined
  /**
   * The answer may replace the refresh token. Once it was sent it is waited for, by half a minute more than the client's
   * `timeout` and when the client is closed, although nobody needs the session any more.
   */
  readonly replacesToken?: boolean | undefined
}

/**
 * A way to log in. Made by `clientCredentials()`, `jwtBearer()`, `soapLogin()` and the others; one object may serve
 * several clients, which then share one session.
 */
export interface Auth {
  /** Name of the flow, for events: `client-credentials`, `jwt-bearer`, ... */
  readonly flow: string
  /** False when a lost session cannot be renewed: ready tokens, and tokens that the host application owns. */
  readonly renewable: boolean
  /** True when a person takes part in the login; the time that this takes counts against no call's `timeout`. */
  readonly interactive?: boolean
  /** True when the host application adds address and token to each request itself. */
  readonly hostOwned?: boolean
  /** Where this flow logs in, where that is given. Sessions are kept apart by it. */
  readonly loginUrl?: string | undefined
  /** Logs in. */
  login(context: LoginContext): Promise<Login>
  /** Resolves once no login is under way that may replace a refresh token, its delivery included. */
  settled?(): Promise<unknown>
}
