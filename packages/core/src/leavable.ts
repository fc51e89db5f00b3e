import { type AnyIterable, openInput } from './iterable.ts'

const over = { done: true, value: undefined } as const

/**
 * An input that can be left at any time, also while somebody waits for its next item: whoever waits sees its end. It is
 * asked to clean up; one that still owes an item is not waited for, since it may owe it for ever.
 */
export class Leavable<T> implements AsyncIterableIterator<T, undefined> {
  readonly #input: object
  readonly #iterator: Iterator<T> | AsyncIterator<T>
  readonly #waiting = new Set<(end: IteratorResult<T, undefined>) => void>()
  #left: Promise<unknown> | undefined

  constructor(input: AnyIterable<T>) {
    this.#input = input
    const source = openInput('the input', input)
    this.#iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    if (this.#left !== undefined) return over
    return new Promise((resolve, reject) => {
      this.#waiting.add(resolve)
      const answered = (): boolean => this.#waiting.delete(resolve)
      Promise.resolve(this.#iterator.next()).then(
        (item) => answered() && resolve(item.done === true ? over : item),
        (reason: unknown) => answered() && reject(reason),
      )
    })
  }

  /** Hands out nothing more. An input that fails to clean up must not hide why it is left. */
  leave(): void {
    if (this.#left !== undefined) return
    this.#left = this.#cleanUp()
    this.#left.catch(() => {})
    for (const resolve of this.#waiting) resolve(over)
  }

  /** Leaves it, and waits until it has cleaned up unless it owes an item. */
  async return(): Promise<IteratorResult<T, undefined>> {
    this.leave()
    if (this.#waiting.size === 0) await this.#left?.catch(() => {})
    return over
  }

  async #cleanUp(): Promise<void> {
    // Not at once: an input may be left by its own code, while it runs.
    await undefined
    const asked = this.#iterator.return?.()
    // The loop over a Node stream takes no notice of being left before its next chunk comes.
    if ('destroy' in this.#input && typeof this.#input.destroy === 'function') this.#input.destroy()
    await asked
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
