import type { ApiResponse } from '../http/connection.ts'

/**
 * Starts reading the body of an answer before somebody asks for it, and holds at most about `limit` bytes; beyond that
 * the server waits. Whoever loops over the body gets the held chunks first.
 */
export async function readAhead(answer: Promise<ApiResponse>, limit: number): Promise<ApiResponse> {
  const response = await answer
  return { ...response, body: new BodyAhead(response.body, limit) }
}

class BodyAhead implements AsyncIterable<Uint8Array> {
  readonly #source: AsyncIterator<Uint8Array>
  readonly #limit: number
  readonly #chunks: Uint8Array[] = []
  #held = 0
  #ended = false
  #failure: { readonly reason: unknown } | undefined
  #arrived = (): void => {}
  #drained = (): void => {}

  constructor(body: AsyncIterable<Uint8Array>, limit: number) {
    this.#source = body[Symbol.asyncIterator]()
    this.#limit = limit
    void this.#pull()
  }

  async #pull(): Promise<void> {
    try {
      while (!this.#ended) {
        const item = await this.#source.next()
        if (item.done === true) break
        this.#chunks.push(item.value)
        this.#held += item.value.length
        this.#arrived()
        if (this.#held >= this.#limit) {
          await new Promise<void>((resolve) => {
            this.#drained = resolve
          })
        }
      }
    } catch (reason) {
      this.#failure = { reason }
    }
    this.#ended = true
    this.#arrived()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) {
        const chunk = this.#chunks.shift()
        if (chunk !== undefined) {
          this.#held -= chunk.length
          if (this.#held < this.#limit) this.#drained()
          yield chunk
        } else if (this.#failure !== undefined) {
          throw this.#failure.reason
        } else if (this.#ended) {
          return
        } else {
          await new Promise<void>((resolve) => {
            this.#arrived = resolve
          })
        }
      }
    } finally {
      if (!this.#ended) this.#leave()
    }
  }

  /** Ends the exchange; nobody waits for it, since a chunk may be on its way. */
  #leave(): void {
    this.#ended = true
    this.#drained()
    this.#source.return?.().catch(() => {})
  }
}
