import type { Dispatcher } from 'undici'

/** Bytes that wait for their reader; beyond them the connection is asked to wait. */
const enough = 65_536

const over: IteratorReturnResult<undefined> = { done: true, value: undefined }

/** The answer when its headers are there. */
export interface Head {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/**
 * One request on the wire, and the body of its answer. undici's own `request` would make a Node stream of each body, at
 * the price of all else that the client does for a small answer. Leaving the body ends the exchange, and so does the
 * signal.
 */
export class Exchange implements Dispatcher.DispatchHandler, AsyncIterableIterator<Uint8Array, undefined> {
  /** Settles with the headers of the answer. */
  readonly head: Promise<Head>
  readonly #answer: (head: Head) => void
  readonly #refuse: (reason: unknown) => void
  readonly #chunks: Uint8Array[] = []
  readonly #readers: PromiseWithResolvers<IteratorResult<Uint8Array, undefined>>[] = []
  #waiting = 0
  #controller: Dispatcher.DispatchController | undefined
  #end: { readonly failure?: unknown } | undefined

  constructor(signal: AbortSignal | undefined) {
    const { promise, resolve, reject } = Promise.withResolvers<Head>()
    this.head = promise
    this.#answer = resolve
    this.#refuse = reject
    // It is the signal of this one call and goes with it.
    signal?.addEventListener('abort', () => this.#abort(signal.reason))
  }

  /** The bytes of an answer that is there already, as far as they are in one piece. */
  get whole(): Uint8Array | undefined {
    if (this.#end === undefined || this.#end.failure !== undefined || this.#chunks.length > 1) return undefined
    return this.#chunks[0] ?? new Uint8Array(0)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#end !== undefined) controller.abort(this.#end.failure as Error)
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Head['headers']): void {
    // Salesforce sends no interim answers (1xx); proxies may.
    if (status >= 200) this.#answer({ status, headers })
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    // What is left where a pause fell between two chunks.
    if (chunk.byteLength === 0) return
    const reader = this.#readers.shift()
    if (reader !== undefined) {
      reader.resolve({ done: false, value: chunk })
      return
    }
    this.#chunks.push(chunk)
    this.#waiting += chunk.byteLength
    if (this.#waiting >= enough) controller.pause()
  }

  onResponseEnd(): void {
    this.#finish({})
  }

  onResponseError(_: unknown, error: unknown): void {
    this.#finish({ failure: error })
  }

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const chunk = this.#chunks.shift()
    if (chunk !== undefined) {
      this.#waiting -= chunk.byteLength
      if (this.#waiting < enough) this.#controller?.resume()
      return Promise.resolve({ done: false, value: chunk })
    }
    const end = this.#end
    if (end !== undefined) return 'failure' in end ? Promise.reject(end.failure) : Promise.resolve(over)
    const reader = Promise.withResolvers<IteratorResult<Uint8Array, undefined>>()
    this.#readers.push(reader)
    return reader.promise
  }

  return(): Promise<IteratorReturnResult<undefined>> {
    this.#chunks.length = 0
    if (this.#end === undefined) {
      this.#finish({})
      this.#controller?.abort(new Error('The body was left.'))
    }
    return Promise.resolve(over)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #abort(reason: unknown): void {
    this.#finish({ failure: reason })
    this.#controller?.abort(reason as Error)
  }

  #finish(end: { readonly failure?: unknown }): void {
    if (this.#end !== undefined) return
    this.#end = end
    if ('failure' in end) this.#refuse(end.failure)
    for (const reader of this.#readers) {
      if ('failure' in end) reader.reject(end.failure)
      else reader.resolve(over)
    }
  }
}
