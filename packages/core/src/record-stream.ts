import { checkedOptions, checkedWholeNumber } from './check.ts'
import { PagesAhead } from './pages-ahead.ts'
import { RecordLoop } from './record-loop.ts'

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
    pages: () => ({ [Symbol.asyncIterator]: () => pageLoop(new PagesAhead(open, signal)) }),
    [Symbol.asyncIterator]: () => new RecordLoop(new PagesAhead(open, signal)),
    all: async (options) => {
      const limit = recordLimit(options)
      const records: T[] = []
      if (limit === 0) return records
      const enough = (page: Page<T>): boolean => records.length + page.records.length >= limit
      for await (const page of eachPage(new PagesAhead(open, signal), enough)) {
        for (const record of page.records) {
          records.push(record)
          if (records.length >= limit) return records
        }
      }
      return records
    },
    first: async () => {
      for await (const page of eachPage(new PagesAhead(open, signal), () => true)) {
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

/**
 * A loop over the pages. Its `return` does not wait for the page that is on its way, as that of a plain generator would:
 * the call is ended, and whoever waits for the page sees the end of the list.
 */
function pageLoop<T>(list: PagesAhead<T>): AsyncIterableIterator<Page<T>> {
  const values = eachPage(list)
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
  list: PagesAhead<T>,
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
