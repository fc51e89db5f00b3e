import { checkedFlag, checkedOptions, checkedWholeNumber, refuse } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { checkedCall } from '../http/call-options.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import { expectedList, wrongAnswer } from '../http/expected.ts'
import { type Page, type RecordStream, recordStream } from '../record-stream.ts'
import { completeChildren, hasChildQuery } from './child-records.ts'
import { askQueryResource } from './long-url.ts'
import { checkedQueryResult, queryPage } from './query-page.ts'
import type { CountOptions, QueryOptions, QueryPlan, QueryResult } from './query-result.ts'
import { checkedSoql } from './soql-text.ts'

/** Runs a SOQL query page by page; see `Salesforce.query`. */
export function query<T>(
  connection: Connection,
  soql: string,
  options?: QueryOptions,
  call?: CallOptions,
): RecordStream<T> {
  const text = checkedSoql(soql)
  const { includeDeleted, batchSize } = checkedOptions('query', options, ['includeDeleted', 'batchSize'])
  const request = { resource: resourceOf(includeDeleted), parameter: 'q', soql: text } as const
  const callOptions = checkedCall(call, 'query')
  // For all pages, since Salesforce sizes each of them when it is asked for.
  const sized = { ...callOptions, headers: { ...queryOptions(batchSize), ...callOptions.headers } }
  return queryStream<T>(connection, sized, hasChildQuery(text), async (ownCall) =>
    checkedQueryResult(connection, await askQueryResource(connection, request, ownCall)),
  )
}

/** Goes on with a query at one of its later pages; see `Salesforce.queryMore`. */
export function queryMore<T>(connection: Connection, nextRecordsUrl: string, call?: CallOptions): RecordStream<T> {
  if (
    typeof nextRecordsUrl !== 'string' ||
    !/^\/services\/data\/v\d+\.0\/query(?:All)?\/[\w%=~-]+$/.test(nextRecordsUrl)
  ) {
    refuse(
      'nextRecordsUrl',
      'the nextRecordsUrl of a page, such as /services/data/v67.0/query/01g...-2000',
      nextRecordsUrl,
    )
  }
  const callOptions = checkedCall(call, 'queryMore')
  return queryStream<T>(connection, callOptions, true, (ownCall) => queryPage(connection, nextRecordsUrl, ownCall))
}

/** Counts records; see `Salesforce.count`. */
export async function count(
  connection: Connection,
  soql: string,
  options?: CountOptions,
  call?: CallOptions,
): Promise<number> {
  const text = checkedSoql(soql)
  if (!/^\s*select\s+count\s*\(\s*\)\s+from\s/i.test(text)) {
    throw new ConfigurationError(
      'count needs a query that begins with SELECT COUNT() FROM; run COUNT(Id), groups and everything else with query(), whose records hold the numbers.',
    )
  }
  const resource = resourceOf(checkedOptions('count', options, ['includeDeleted']).includeDeleted)
  const callOptions = checkedCall(call, 'count')
  const answer = await askQueryResource(connection, { resource, parameter: 'q', soql: text }, callOptions)
  const { totalSize } = checkedQueryResult(connection, answer)
  if (!Number.isInteger(totalSize)) throw wrongAnswer('A COUNT() query succeeded without a totalSize', answer)
  return totalSize
}

/** Asks for the plans of a query without running it; see `Salesforce.explain`. */
export async function explain(connection: Connection, soql: string, call?: CallOptions): Promise<QueryPlan[]> {
  const text = checkedSoql(soql)
  const callOptions = checkedCall(call, 'explain')
  const answer = await askQueryResource(
    connection,
    { resource: 'query', parameter: 'explain', soql: text },
    callOptions,
  )
  return expectedList('explain', answer, 'plans')
}

/** A list whose first page comes from `open` and whose others stand behind links; `complete` fetches child lists too. */
export function queryStream<T>(
  connection: Connection,
  call: CallOptions,
  complete: boolean,
  open: (call: CallOptions) => Promise<QueryResult<T>>,
): RecordStream<T> {
  // No generator: it would keep a page until it has the next one.
  function pages(signal: AbortSignal): AsyncIterable<Page<T>> {
    const ownCall = { ...call, signal }
    let ask: (() => Promise<QueryResult<T>>) | undefined = () => open(ownCall)
    async function next(): Promise<IteratorResult<Page<T>, undefined>> {
      if (ask === undefined) return { done: true, value: undefined }
      const { records, totalSize, nextRecordsUrl } = await ask()
      if (complete) await completeChildren(connection, records, ownCall)
      ask = nextRecordsUrl === undefined ? undefined : () => queryPage<T>(connection, nextRecordsUrl, ownCall)
      const done = nextRecordsUrl === undefined
      return { done: false, value: { records, totalSize, done, ...(done ? {} : { nextRecordsUrl }) } }
    }
    return { [Symbol.asyncIterator]: () => ({ next }) }
  }
  return recordStream<T>(pages, call.signal)
}

function resourceOf(includeDeleted: boolean | undefined): 'query' | 'queryAll' {
  return includeDeleted !== undefined && checkedFlag('includeDeleted', includeDeleted) ? 'queryAll' : 'query'
}

function queryOptions(batchSize: number | undefined): Readonly<Record<string, string>> {
  if (batchSize === undefined) return {}
  return { 'Sforce-Query-Options': `batchSize=${checkedWholeNumber('batchSize', batchSize, 200, 2_000)}` }
}
