import { fromHere } from './errors/from-here.ts'
import type { Page } from './record-stream.ts'

/** The pages of a list: one in hand, the next one on its way. */
export class PagesAhead<T> {
  readonly #open: (signal: AbortSignal) => AsyncIterable<Page<T>>
  readonly #signal: AbortSignal | undefined
  readonly #stop = new AbortController()
  #source: AsyncIterator<Page<T>> | undefined
  #next: Promise<IteratorResult<Page<T>>> | undefined

  constructor(open: (signal: AbortSignal) => AsyncIterable<Page<T>>, signal: AbortSignal | undefined) {
    this.#open = open
    this.#signal = signal
  }

  start(): void {
    if (this.#next !== undefined) return
    this.#source ??= this.#open(this.#either())[Symbol.asyncIterator]()
    this.#next = this.#source.next()
    // The failure is reported when the page is asked for; until then it must not count as unhandled.
    this.#next.catch(() => {})
  }

  /** The next page; `undefined` at the end of the list and after `stop`. */
  async take(): Promise<Page<T> | undefined> {
    // What was read ahead would otherwise still be handed out.
    this.#signal?.throwIfAborted()
    this.start()
    const result = await this.#next?.catch((error: unknown) => {
      if (!this.#stop.signal.aborted) throw fromHere(error)
    })
    this.#next = undefined
    return result === undefined || result.done === true ? undefined : result.value
  }

  /** Ends the call in flight, if there is one. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#source?.return?.()
  }

  #either(): AbortSignal {
    return this.#signal === undefined ? this.#stop.signal : AbortSignal.any([this.#signal, this.#stop.signal])
  }
}
