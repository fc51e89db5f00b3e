import { checkedFlag, checkedWholeNumber } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { Connection } from '../http/connection.ts'
import { hasChildQuery } from '../query/child-records.ts'
import { queryStream } from '../query/query.ts'
import { checkedQueryResult } from '../query/query-page.ts'
import type { QueryOptions } from '../query/query-result.ts'
import { checkedSoql } from '../query/soql-text.ts'
import type { Page, RecordStream } from '../record-stream.ts'
import type { Subrequest } from './subrequest.ts'
import { checkedSubrequest, type SubrequestList, type SubrequestOptions } from './subrequest-list.ts'

/** Options of a query inside a call. */
export interface SubrequestQueryOptions extends SubrequestOptions, QueryOptions {}

/**
 * The records of a query inside a call. The first page came with the call; looping goes on with the pages after it, so
 * that nothing is cut off silently.
 */
export interface QueryRecords<T> extends RecordStream<T> {
  /** Records in the whole list; of a `count()` query the number that was asked for. */
  readonly totalSize: number
  /** What the call itself brought. */
  readonly firstPage: Page<T>
}

/** Adds a SOQL query. */
export function addQuery<T>(
  list: SubrequestList,
  soql: string,
  options?: SubrequestQueryOptions,
): Subrequest<QueryRecords<T>> {
  const text = checkedSoql(soql)
  const given = checkedSubrequest(options, ['includeDeleted', 'batchSize'])
  const { referenceId, headers, includeDeleted = false, batchSize } = given
  const page =
    batchSize === undefined
      ? {}
      : { 'Sforce-Query-Options': `batchSize=${checkedWholeNumber('batchSize', batchSize, 200, 2_000)}` }
  const { connection, rules } = list
  if (batchSize !== undefined && !rules.headers) {
    throw new ConfigurationError(
      `batchSize is a header, which a query in a ${rules.kind} cannot have; leave it out, or query in a composite.`,
    )
  }
  const resource = checkedFlag('includeDeleted', includeDeleted) ? 'queryAll' : 'query'
  const url = `${connection.dataPath}/${resource}?q=${list.encode(text)}`
  return list.add(
    'Query',
    { method: 'GET', url, replay: 'always' },
    { referenceId, headers: { ...page, ...headers } },
    (answer) => queryRecords<T>(connection, answer, hasChildQuery(text)),
  )
}

function queryRecords<T>(connection: Connection, answer: unknown, withChildren: boolean): QueryRecords<T> {
  const first = checkedQueryResult<T>(connection, answer)
  const { records, totalSize, nextRecordsUrl } = first
  const more = nextRecordsUrl !== undefined && { nextRecordsUrl }
  const firstPage = { records, totalSize, done: nextRecordsUrl === undefined, ...more }
  return { ...queryStream<T>(connection, {}, withChildren, async () => first), totalSize, firstPage }
}
