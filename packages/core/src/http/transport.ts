/**
 * The one port between this client and the network. Everything above it is portable; hosts that own their HTTP
 * (n8n) hand in their own function, everybody else gets undici. It rejects with an error whose `code` is that of the
 * network (`ECONNREFUSED`), and whose `url`, where a host completed a relative address, is what was really called.
 */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>

/** HTTP methods that Salesforce's APIs use. */
export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** All of them. */
export const methods: readonly Method[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** What goes on the wire, nothing more. */
export interface TransportRequest {
  /** HTTP method. */
  readonly method: Method
  /** Absolute, or relative to the host's own base address when the host owns the credential (`hostAuth()`). */
  readonly url: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** Bytes or text are sent with a length; an iterable is sent chunked and may be consumed once only. */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array> | undefined
  /** Ends the request, its body too. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds without a byte after which the client ends the response body; for transports with a limit of their own. */
  readonly bodyTimeout?: number | undefined
}

/** The answer as soon as its headers are there. */
export interface TransportResponse {
  /** HTTP status. */
  readonly status: number
  /** Lower-case names; repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>
  /** The body in one piece, where it was there along with the headers: nobody has to wait for `body` then. */
  readonly whole?: Uint8Array | undefined
  /** Raw body bytes; consumed once. Leaving the loop early ends the exchange. */
  readonly body: AsyncIterable<Uint8Array>
}
