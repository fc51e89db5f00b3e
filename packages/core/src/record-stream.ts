import { checkedOptions, checkedWholeNumber } from './check.ts'
import { fromHere } from './errors/from-here.ts'

/** Some records, as one answer of Salesforce brought them. */
export interface Page<T> {
  /** The records of the page. */
  readonly records: T[]
  /** Records in the whole list, where Salesforce says so. */
  readonly totalSize?: number
  /** True on the last page. */
  readonly done: boolean
  /**
   * Where the next page of a query begins. Salesforce keeps it for two days; `Salesforce.queryMore` goes on there,
   * also in another process.
   */
  readonly nextRecordsUrl?: string
}

/**
 * A lazy list. Nothing is requested before the first pull; at most one page is read ahead; leaving a loop early stops
 * the traffic. Each new loop runs the request again. It is not a Promise: loop over it, or call one of its methods.
 *
 * @example
 * ```ts
 * for await (const account of salesforce.query<Account>('SELECT Id, Name FROM Account')) console.log(account.Name)
 * ```
 */
export interface RecordStream<T> extends AsyncIterable<T> {
  /** The same list page by page. */
  pages(): AsyncIterable<Page<T>>
  /** All records in memory, or the first `limit` ones (0 or more). There is no hidden limit. */
  all(options?: { readonly limit?: number | undefined }): Promise<T[]>
  /** The first record; `undefined` for an empty list. */
  first(): Promise<T | undefined>
}

/**
 * Makes a `RecordStream` of a function that opens the list. The function is called once per loop; its signal is
 * aborted when the loop is left early or the caller's own `signal` is aborted.
 */
export function recordStream<T>(
  open: (signal: AbortSignal) => AsyncIterable<Page<T>>,
  signal?: AbortSignal | undefined,
): RecordStream<T> {
  return {
    pages: () => ({ [Symbol.asyncIterator]: () => loop(new ReadAhead(open, signal), eachPage) }),
    [Symbol.asyncIterator]: () => loop(new ReadAhead(open, signal), eachRecord),
    all: async (options) => {
      const limit = recordLimit(options)
      const records: T[] = []
      if (limit === 0) return records
      const enough = (page: Page<T>): boolean => records.length + page.records.length >= limit
      for await (const page of eachPage(new ReadAhead(open, signal), enough)) {
        for (const record of page.records) {
          records.push(record)
          if (records.length >= limit) return records
        }
      }
      return records
    },
    first: async () => {
      for await (const page of eachPage(new ReadAhead(open, signal), () => true)) {
        if (page.records.length > 0) return page.records[0]
      }
      return undefined
    },
  }
}

function recordLimit(options: { readonly limit?: number | undefined } | undefined): number {
  const { limit = Number.POSITIVE_INFINITY } = checkedOptions('all', options, ['limit'])
  return limit === Number.POSITIVE_INFINITY ? limit : checkedWholeNumber('limit', limit, 0)
}

/** One page in hand, the next one on its way. */
class ReadAhead<T> {
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

/**
 * A loop over the list. Its `return` does not wait for the page that is on its way, as that of a plain generator would:
 * the call is ended, and whoever waits for the page sees the end of the list.
 */
function loop<T, V>(
  list: ReadAhead<T>,
  walk: (list: ReadAhead<T>) => AsyncGenerator<V, void, undefined>,
): AsyncIterableIterator<V> {
  const values = walk(list)
  return {
    next: () => values.next(),
    return: async () => {
      await list.stop()
      await values.return()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

async function* eachPage<T>(
  list: ReadAhead<T>,
  last: (page: Page<T>) => boolean = () => false,
): AsyncGenerator<Page<T>, void, undefined> {
  let ended = false
  try {
    for (let page = await list.take(); page !== undefined; page = await list.take()) {
      if (!page.done && !last(page)) list.start()
      yield page
    }
    ended = true
  } finally {
    if (!ended) await list.stop()
  }
}

async function* eachRecord<T>(list: ReadAhead<T>): AsyncGenerator<T, void, undefined> {
  let ended = false
  try {
    for (let page = await list.take(); page !== undefined; page = await list.take()) {
      // Half-way through a page the caller most likely wants the next one; a caller that only peeks costs no call.
      const half = page.records.length >> 1
      for (let index = 0; index < page.records.length; index += 1) {
        if (index === half && !page.done) list.start()
        yield page.records[index] as T
      }
    }
    ended = true
  } finally {
    if (!ended) await list.stop()
  }
}
