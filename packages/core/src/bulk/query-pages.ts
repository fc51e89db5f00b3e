import { NotFoundError } from '../errors/api-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import type { ApiRequest, ApiResponse, CallOptions, Connection } from '../http/connection.ts'
import { expectedList } from '../http/expected.ts'
import type { QueryJob } from './job.ts'
import { readAhead } from './read-ahead.ts'
import { type LinkedList, resourceAt, restOf } from './resource-address.ts'
import { type ResultPage, resultAnswer } from './result-page.ts'

/** The version that brought parallel results (`resultPages`). */
const PARALLEL_SINCE = 58
/** Salesforce names so many pages in one answer, and serves them at the same time. */
const PARALLEL_PAGES = 5
/** Without that list only the page after the current one can be known. */
const SERIAL_PAGES = 2
/** Bytes of a page that are held before its turn comes. What waits long is kept by V8 until a full collection. */
const HELD_BYTES = 250_000

interface ResultPageList extends LinkedList {
  readonly resultPages: readonly { readonly resultUrl: string }[]
}

/**
 * The result pages of a complete query job in their order, the next ones already on their way: five at a time where
 * the org lists them ("Get Parallel Results for a Query Job"), else one ahead by its locator. A page size of the
 * caller's (`maxRecords`) is only possible with locators. Results live under the version in which the job was created.
 */
export async function* queryPages(
  connection: Connection,
  job: QueryJob,
  maxRecords: number | undefined,
  call: CallOptions,
): AsyncGenerator<ResultPage, void, undefined> {
  if (typeof job.apiVersion !== 'number') {
    throw new ProtocolError(`The info of bulk query job ${job.id} does not tell its API version`)
  }
  const path = `/services/data/v${job.apiVersion.toFixed(1)}/jobs/query/${encodeURIComponent(job.id)}`
  const serial = (): AsyncGenerator<ResultPage> => serialPages(connection, `${path}/results`, maxRecords, call)
  if (maxRecords !== undefined || job.apiVersion < PARALLEL_SINCE) {
    yield* startedAhead(serial(), SERIAL_PAGES)
    return
  }
  const first: ApiRequest = { method: 'GET', path: `${path}/resultPages`, replay: 'always' }
  let list: ResultPageList
  try {
    list = await connection.json<ResultPageList>(first, call)
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
    yield* startedAhead(serial(), SERIAL_PAGES)
    return
  }
  yield* startedAhead(parallelPages(connection, list, call), PARALLEL_PAGES)
}

/** The next list is asked for along with the pages of the one before, so that they need not wait for it. */
async function* parallelPages(
  connection: Connection,
  first: ResultPageList,
  call: CallOptions,
): AsyncGenerator<ResultPage, void, undefined> {
  for (let list: ResultPageList | undefined = first; list !== undefined; ) {
    const pages = expectedList<ResultPageList['resultPages'][number]>('The list of result pages', list, 'resultPages')
    const rest = restOf('the result pages', list)
    const next = rest && connection.json<ResultPageList>({ method: 'GET', ...rest, replay: 'always' }, call)
    // A failure is met when the turn of these pages comes.
    next?.catch(() => {})
    for (const { resultUrl } of pages)
      yield started(connection, resourceAt('The link to a result page', resultUrl), call)
    list = await next
  }
}

async function* serialPages(
  connection: Connection,
  path: string,
  maxRecords: number | undefined,
  call: CallOptions,
): AsyncGenerator<ResultPage, void, undefined> {
  let locator: string | undefined
  do {
    const page = started(connection, { path, query: { locator, maxRecords } }, call)
    yield page
    const { headers } = await page.ahead
    locator = headers['sforce-locator']
    if (locator === undefined && headers['sforce-numberofrecords'] === undefined) throw unmarked(path)
    // Salesforce ends the list with the word.
  } while (locator !== undefined && locator !== '' && locator !== 'null')
}

/** Taken for the last page, an answer that is not Salesforce's would hide all pages after it. */
function unmarked(path: string): ProtocolError {
  return new ProtocolError(
    `The bulk result ${path} came without the headers that tell whether it is the last page; a proxy may take them away.`,
  )
}

function started(
  connection: Connection,
  address: Pick<ApiRequest, 'path' | 'query'>,
  call: CallOptions,
): ResultPage & { readonly ahead: Promise<ApiResponse> } {
  const request: ApiRequest = { method: 'GET', ...address, headers: { accept: 'text/csv' }, replay: 'always' }
  const ahead = readAhead(resultAnswer(connection, request, call), HELD_BYTES)
  // A failure is met when the page's turn comes; until then it must not count as unhandled.
  ahead.catch(() => {})
  return { request, ahead, headed: true }
}

/** Keeps `size` items of a generator under way, the one handed out included. */
async function* startedAhead<T>(source: AsyncGenerator<T>, size: number): AsyncGenerator<T, void, undefined> {
  const window: Promise<IteratorResult<T>>[] = []
  for (;;) {
    while (window.length < size) {
      const item = source.next()
      item.catch(() => {})
      window.push(item)
    }
    const item = await window.shift()
    if (item === undefined || item.done === true) return
    yield item.value
  }
}
