import type { ScratchStore } from '../bulk/scratch.ts'
import type { Method } from './transport.ts'

/** Options that every method takes last. */
export interface CallOptions {
  /** Ends the call; the call rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds until the response headers are there, retries included. Default: the client's `timeout` (120,000). */
  readonly timeout?: number | undefined
  /** Extra request headers, for instance `Sforce-Duplicate-Rule-Header`. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Overrides the client's retry policy for this call, except its budget, which all calls share; `false` sends once. */
  readonly retry?: Omit<import('./retry-policy.ts').RetryOptions, 'budget'> | false | undefined
}

/**
 * May a request be sent again when nobody knows whether Salesforce carried it out?
 * `always`: repeating changes nothing (reads, deletes by id, upserts by external id, an upload before its 201);
 * `if-unsent`: only when it surely never arrived, or Salesforce says that it did nothing (creates, updates, job creation).
 */
export type Replay = 'always' | 'if-unsent'

/** One call as a resource describes it, before authorization. */
export interface ApiRequest {
  /** HTTP method. */
  readonly method: Method
  /** Path from the root of the instance: `/services/data/v67.0/limits`. Its parts are already percent-encoded. */
  readonly path: string
  /** Parameters of the query string; those without a value are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined
  /** Headers of this call, over those of the client. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** An object is sent as JSON; text and bytes as they are; a function makes a fresh stream for every attempt. */
  readonly body?: RequestBody | undefined
  /** Whether the call may be repeated. */
  readonly replay: Replay
  /** Milliseconds on top of the client's `timeout`, for a body that takes its time; a `timeout` of the call counts alone. */
  readonly moreTime?: number | undefined
  /** As in `LoginRequest`. */
  readonly replacesToken?: boolean | undefined
  /** Batches of Bulk API 2.0 that a success of this call starts; the `usage` event tells them. */
  readonly bulkBatches?: number | undefined
}

/** What a call sends: text, bytes, a fresh stream of bytes for each attempt, or a value that becomes JSON. */
export type RequestBody = string | Uint8Array | (() => AsyncIterable<Uint8Array>) | { readonly json: unknown }

/** An answer with status 200-299 (or 304), its body not read yet and already decompressed. */
export interface ApiResponse {
  /** HTTP status. */
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** The bytes; consumed once. */
  readonly body: AsyncIterable<Uint8Array>
}

/** An answer whose body was read. */
export interface ReadResponse extends ApiResponse {
  /** The parsed JSON or the text; `undefined` for an empty body. */
  readonly content?: unknown
  /** How often the call was sent. */
  readonly attempts?: number
  /** An earlier send may have been carried out although its answer was lost. */
  readonly uncertain?: boolean
}

/** The narrow view of the client that its resources (query, sObject, bulk, ...) work with. */
export interface Connection {
  /** `67.0` */
  readonly apiVersion: string
  /** `/services/data/v67.0` */
  readonly dataPath: string
  /** The client's clock. */
  readonly clock: Clock
  /** A number in [0, 1), for jitter. */
  readonly random: () => number
  /** Aborted when the client is closed. */
  readonly closing: AbortSignal
  /** Compresses a request body, where the platform offers a way. */
  readonly gzip?: Gzip | undefined
  /** Keeps what is too much for memory, where the platform offers a place. */
  readonly scratch?: ScratchStore | undefined
  /** Sends a call through the whole pipeline and reads the JSON answer; `undefined` for an empty body (204). */
  json<T>(request: ApiRequest, options?: CallOptions): Promise<T>
  /** Like `json`, with what stands around the answer: status, headers, and how often the call was sent. */
  jsonAnswer(request: ApiRequest, options?: CallOptions): Promise<ReadResponse>
  /** Sends a call through the whole pipeline and hands out the body as a stream. */
  stream(request: ApiRequest, options?: CallOptions): Promise<ApiResponse>
  /** Sends a call through the whole pipeline and reads the answer: parsed where its content type is JSON, else as text. */
  any(request: ApiRequest, options?: CallOptions): Promise<ReadResponse>
  /**
   * Waits before something that Salesforce refused within a success (a locked row) is sent again, as a failed call would
   * be: by the retry policy of the call and the budget of the client, told by the event `retry`. False, at once, when
   * these allow no more.
   */
  repeats(repeat: Omit<import('./retry.ts').Repeat, 'signal'>, options?: CallOptions): Promise<boolean>
  /** Tells listeners of `warning` about something that did not fail the call. */
  warn(message: string): void
}

/** Compresses bytes as they come. */
export type Gzip = (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>

/** Time, injected so that tests need none. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Resolves after `milliseconds`; rejects with the signal's reason when it is aborted first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}
