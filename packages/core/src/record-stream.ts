/** Some records, as one answer of Salesforce brought them. */
export interface Page<T> {
  readonly records: T[]
  /** Records in the whole list, where Salesforce says so. */
  readonly totalSize?: number
  /** True on the last page. */
  readonly done: boolean
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
  /** All records in memory, or the first `limit` ones. There is no hidden limit. */
  all(options?: { readonly limit?: number }): Promise<T[]>
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
    pages: () => ({ [Symbol.asyncIterator]: () => eachPage(open, signal) }),
    [Symbol.asyncIterator]: () => eachRecord(open, signal),
    all: async ({ limit = Number.POSITIVE_INFINITY } = {}) => {
      const records: T[] = []
      if (limit <= 0) return records
      for await (const page of eachPage(open, signal, (next) => records.length + next.records.length < limit)) {
        for (const record of page.records) {
          records.push(record)
          if (records.length >= limit) return records
        }
      }
      return records
    },
    first: async () => {
      for await (const page of eachPage(open, signal, () => false)) {
        if (page.records.length > 0) return page.records[0]
      }
      return undefined
    },
  }
}

/** One page in hand, the next one on its way. */
class ReadAhead<T> {
  readonly #stop = new AbortController()
  readonly #signal: AbortSignal | undefined
  readonly #source: AsyncIterator<Page<T>>
  #next: Promise<IteratorResult<Page<T>>> | undefined

  constructor(open: (signal: AbortSignal) => AsyncIterable<Page<T>>, signal: AbortSignal | undefined) {
    this.#signal = signal
    const both = signal === undefined ? this.#stop.signal : AbortSignal.any([signal, this.#stop.signal])
    this.#source = open(both)[Symbol.asyncIterator]()
  }

  start(): void {
    if (this.#next !== undefined) return
    this.#next = this.#source.next()
    // The failure is reported when the page is asked for; until then it must not count as unhandled.
    this.#next.catch(() => {})
  }

  async take(): Promise<Page<T> | undefined> {
    // What was read ahead would otherwise still be handed out.
    this.#signal?.throwIfAborted()
    this.start()
    const result = await this.#next
    this.#next = undefined
    return result === undefined || result.done === true ? undefined : result.value
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#source.return?.()
  }
}

async function* eachPage<T>(
  open: (signal: AbortSignal) => AsyncIterable<Page<T>>,
  signal: AbortSignal | undefined,
  wanted: (page: Page<T>) => boolean = () => true,
): AsyncGenerator<Page<T>, void, undefined> {
  const list = new ReadAhead(open, signal)
  let ended = false
  try {
    for (let page = await list.take(); page !== undefined; page = await list.take()) {
      if (!page.done && wanted(page)) list.start()
      yield page
    }
    ended = true
  } finally {
    if (!ended) await list.stop()
  }
}

async function* eachRecord<T>(
  open: (signal: AbortSignal) => AsyncIterable<Page<T>>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, undefined> {
  const list = new ReadAhead(open, signal)
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
