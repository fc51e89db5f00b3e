import type { CallOptions, Connection } from '../http/connection.ts'
import { checkedQueryResult, queryPage } from './query-page.ts'
import type { QueryResult } from './query-result.ts'

/** Child lists that are fetched at the same time. A page may hold thousands of them; other calls need room too. */
const atOnce = 5

/** True when the query may hold a sub-query, so that its records may hold lists with pages of their own. */
export function hasChildQuery(soql: string): boolean {
  return /\(\s*select\s/i.test(soql)
}

/**
 * Fetches what is missing of the child records of each record, a few lists at a time. Salesforce cuts long child lists
 * like any other list, so the first page of a parent may hold only the first page of its children.
 */
export async function completeChildren(
  connection: Connection,
  records: readonly unknown[],
  call: CallOptions,
): Promise<void> {
  const unfinished = (record: unknown): QueryResult<unknown>[] => unfinishedLists(connection, record)
  const waiting = records.flatMap(unfinished)
  const work = async (): Promise<void> => {
    for (let list = waiting.shift(); list !== undefined; list = waiting.shift()) {
      for (const record of await missingRecords(connection, list, call)) waiting.push(...unfinished(record))
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, waiting.length) }, work))
}

/** Appends the missing records to the list and answers them. */
async function missingRecords(
  connection: Connection,
  list: QueryResult<unknown>,
  call: CallOptions,
): Promise<readonly unknown[]> {
  const first = list.records.length
  while (list.nextRecordsUrl !== undefined) {
    const page = await queryPage(connection, list.nextRecordsUrl, call)
    for (const record of page.records) list.records.push(record)
    if (page.nextRecordsUrl === undefined) delete list.nextRecordsUrl
    else list.nextRecordsUrl = page.nextRecordsUrl
  }
  list.done = true
  return list.records.slice(first)
}

/** The lists of a record that have more pages, those inside its child records included. */
function unfinishedLists(connection: Connection, record: unknown): QueryResult<unknown>[] {
  return Object.values(record as object)
    .filter(isChildList)
    .flatMap((list) => {
      const { records } = checkedQueryResult(connection, list)
      const inside = records.flatMap((child) => unfinishedLists(connection, child))
      return list.nextRecordsUrl === undefined ? inside : [list, ...inside]
    })
}

function isChildList(value: unknown): value is QueryResult<unknown> {
  return typeof value === 'object' && value !== null && 'records' in value && Array.isArray(value.records)
}
