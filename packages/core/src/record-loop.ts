import type { PagesAhead } from './pages-ahead.ts'

const over = { done: true, value: undefined } as const

/**
 * A loop over the records of a list. An iterator instead of a generator: the records of the page in hand come by
 * promises that are fulfilled already, which costs a loop a third of what a generator's do.
 */
export class RecordLoop<T> implements AsyncIterableIterator<T, undefined> {
  readonly #pages: PagesAhead<T>
  #records: readonly T[] = []
  #at = 0
  /** Where the next page is asked for; -1 on the last page. */
  #half = -1
  #turning: Promise<IteratorResult<T, undefined>> | undefined
  #over = false

  constructor(pages: PagesAhead<T>) {
    this.#pages = pages
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#turning !== undefined) {
      // Whoever asks for several records at once gets them in order.
      const again = (): Promise<IteratorResult<T, undefined>> => this.next()
      return this.#turning.then(again, again)
    }
    if (this.#at < this.#records.length) return Promise.resolve(this.#record())
    if (this.#over) return Promise.resolve(over)
    // Nothing else may hang on this promise: the stack of an error ends where two do.
    this.#turning = this.#turnPage()
    return this.#turning
  }

  /** Does not wait for the page that is on its way: the call is ended, and whoever waits sees the end of the list. */
  async return(): Promise<IteratorResult<T, undefined>> {
    this.#end()
    await this.#pages.stop()
    await this.#turning?.catch(() => {})
    return over
  }

  #record(): IteratorResult<T, undefined> {
    // Half-way through a page the caller most likely wants the next one; a caller that only peeks costs no call.
    if (this.#at === this.#half) this.#pages.start()
    const value = this.#records[this.#at] as T
    this.#at += 1
    return { done: false, value }
  }

  async #turnPage(): Promise<IteratorResult<T, undefined>> {
    // While the next page is on its way nobody needs this one any more.
    this.#records = []
    this.#at = 0
    try {
      for (let page = await this.#pages.take(); page !== undefined && !this.#over; page = await this.#pages.take()) {
        this.#records = page.records
        this.#half = page.done ? -1 : page.records.length >> 1
        if (page.records.length > 0) return this.#record()
      }
      this.#end()
      return over
    } catch (error) {
      this.#end()
      await this.#pages.stop()
      throw error
    } finally {
      this.#turning = undefined
    }
  }

  #end(): void {
    this.#over = true
    this.#records = []
    this.#at = 0
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
