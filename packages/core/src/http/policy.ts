import type { Call } from './call.ts'
import type { ReadResponse, Replay } from './connection.ts'
import type { RetryPolicy } from './retry-policy.ts'
import type { Method, TransportResponse } from './transport.ts'

/** A call on its way down the pipeline. Policies pass changed copies on; they never change the object. */
export interface PipelineRequest {
  readonly method: Method
  /** Path and query, from the root of the origin. */
  readonly path: string
  /** Scheme, host and port. Set by `authorize`, except for secret requests, which bring their own. */
  readonly origin?: string
  /**
   * Its body is a secret: a login, or the end of one. Nothing is added to it, no middleware sees it, and its refusals
   * are `AuthenticationError`s.
   */
  readonly secret?: 'login' | 'revocation'
  /** Texts in a secret body that nobody may come to see, beside the values of a form. */
  readonly secrets?: readonly string[] | undefined
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | (() => AsyncIterable<Uint8Array>) | undefined
  readonly replay: Replay
  readonly bulkBatches?: number | undefined
  /**
   * `json`, `text`: the body is read within the retries; `any`: parsed where its content type is JSON, else text;
   * `stream`: it is handed out.
   */
  readonly expect: 'json' | 'text' | 'any' | 'stream'
  /** Absent: the client's policy. */
  readonly retry?: RetryPolicy | false | undefined
  readonly call: Call
}

/** An answer on its way up. Its `content` is there once the body was read. */
export type PipelineResponse = ReadResponse & Pick<TransportResponse, 'whole'>

/** The rest of the pipeline below a policy. May be called again. */
export type Next = (request: PipelineRequest) => Promise<PipelineResponse>

/** One concern of the pipeline. */
export type Policy = (request: PipelineRequest, next: Next) => Promise<PipelineResponse>

/** Puts policies above one another, the first one outermost. */
export function compose(policies: readonly Policy[], last: Next): Next {
  return policies.reduceRight<Next>((next, policy) => (request) => policy(request, next), last)
}
