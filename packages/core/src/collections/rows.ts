import { readable, refuse } from '../check.ts'
import type { Chunk } from '../composite/chunks.ts'
import { isIterable, openInput } from '../iterable.ts'

/** Any number of things: a list, a set, a generator, a stream. It is read only as fast as it can be sent. */
export type Rows<R> = Iterable<R> | AsyncIterable<R>

/** An input on its way into calls: checked part by part, and counted. */
export class Intake<R, P> {
  readonly #name: string
  readonly #rows: Rows<R>
  readonly #prepare: (row: R, index: number) => P
  readonly #list: readonly P[] | undefined
  #taken = 0

  /**
   * A list is checked whole, before the first call; anything else as it is read.
   *
   * @throws ConfigurationError when it is no input, or a part of a list is not right.
   */
  constructor(name: string, rows: Rows<R>, prepare: (row: R, index: number) => P) {
    this.#name = name
    this.#rows = rows
    this.#prepare = prepare
    this.#list = listOf(name, rows)?.map(prepare)
  }

  /** Parts that are known to be there: all of a list, those read so far of anything else. */
  get count(): number {
    return this.#list?.length ?? this.#taken
  }

  /** The parts, `size` to a chunk; nothing is read before a chunk is asked for. */
  async *chunks(size: number): AsyncGenerator<Chunk<P>, void, undefined> {
    let items: P[] = []
    for await (const row of this.#list ?? this.#prepared()) {
      items.push(row)
      this.#taken += 1
      if (items.length < size) continue
      yield { start: this.#taken - items.length, items }
      items = []
    }
    if (items.length > 0) yield { start: this.#taken - items.length, items }
  }

  async *#prepared(): AsyncGenerator<P, void, undefined> {
    let index = 0
    for await (const row of openInput(this.#name, this.#rows)) {
      yield this.#prepare(row, index)
      index += 1
    }
  }
}

/**
 * The parts of an input that is a list, copied: a hole in it is `undefined`.
 *
 * @returns `undefined` for what has to be read part by part.
 * @throws ConfigurationError when it is no input.
 */
export function listOf<R>(name: string, rows: Rows<R>): R[] | undefined {
  return readable(name, () => {
    if (!isIterable(rows)) return refuse(name, 'a list, an iterable or an async iterable', rows)
    return Array.isArray(rows) ? [...rows] : undefined
  })
}
