import { ConfigurationError } from '../errors/configuration-error.ts'

/** Bytes at the beginning of a stream that are kept, so that a request refused early can be sent again. */
const keptBytes = 1 << 22

/**
 * A stream that its owner can read only once, made readable again as long as no more than its first 4 MiB were taken.
 * A small file and an upload that is refused at once (an expired session) are so repeated like any other request;
 * memory stays bounded.
 */
export class OneTimeStream {
  readonly #source: AsyncIterator<Uint8Array>
  readonly #kept: Uint8Array[] = []
  #taken = 0
  #ended = false
  #readers = 0
  #pending: Promise<Uint8Array | undefined> | undefined

  constructor(source: AsyncIterator<Uint8Array>) {
    this.#source = source
  }

  /**
   * The stream from its beginning; an earlier reader gets nothing more.
   *
   * @throws ConfigurationError when too much of it is gone.
   */
  open(): AsyncIterable<Uint8Array> {
    if (this.#taken > keptBytes) {
      throw new ConfigurationError(
        'The upload has to be sent again, but its data is a stream that was already read; give data as bytes, a Blob or a function that makes a fresh stream.',
      )
    }
    this.#readers += 1
    return this.#read(this.#readers)
  }

  /** Lets go of the source, without waiting for one that is stuck. */
  close(): void {
    this.#readers += 1
    if (!this.#ended) this.#source.return?.().catch(() => {})
  }

  async *#read(reader: number): AsyncGenerator<Uint8Array, void, undefined> {
    for (let index = 0; reader === this.#readers; ) {
      const kept = this.#kept[index]
      if (kept !== undefined) {
        index += 1
        yield kept
      } else if (this.#taken <= keptBytes) {
        if ((await this.#pull()) === undefined) return
      } else {
        const chunk = await this.#pull()
        if (chunk === undefined) return
        yield chunk
      }
    }
  }

  /** Two readers that wait at the same time get the same chunk. */
  #pull(): Promise<Uint8Array | undefined> {
    this.#pending ??= this.#next().finally(() => {
      this.#pending = undefined
    })
    return this.#pending
  }

  /** The chunk that goes beyond the limit is the last one that is kept. */
  async #next(): Promise<Uint8Array | undefined> {
    if (this.#ended) return undefined
    const result = await this.#source.next()
    if (result.done === true) {
      this.#ended = true
      return undefined
    }
    if (this.#taken <= keptBytes) this.#kept.push(result.value)
    this.#taken += result.value.byteLength
    return result.value
  }
}
