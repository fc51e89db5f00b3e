import type { CallOptions, Connection } from '../http/connection.ts'
import type { QueryResult } from './query-result.ts'

/** True when the query may hold a sub-query, so that its records may hold lists with pages of their own. */
export function hasChildQuery(soql: string): boolean {
  return /\(\s*select\s/i.test(soql)
}

/**
 * Fetches what is missing of the child records of each record. Salesforce cuts long child lists like any other list,
 * so the first page of a parent may hold only the first page of its children.
 */
export async function completeChildren(
  connection: Connection,
  records: readonly unknown[],
  call: CallOptions,
): Promise<void> {
  for (const record of records) {
    for (const value of Object.values(record as object)) {
      if (isChildList(value)) await completeList(connection, value, call)
    }
  }
}

async function completeList(connection: Connection, list: QueryResult<unknown>, call: CallOptions): Promise<void> {
  while (list.nextRecordsUrl !== undefined) {
    const page = await connection.json<QueryResult<unknown>>(
      { method: 'GET', path: list.nextRecordsUrl, replay: 'always' },
      call,
    )
    for (const record of page.records) list.records.push(record)
    if (page.nextRecordsUrl === undefined) delete list.nextRecordsUrl
    else list.nextRecordsUrl = page.nextRecordsUrl
  }
  list.done = true
  await completeChildren(connection, list.records, call)
}

function isChildList(value: unknown): value is QueryResult<unknown> {
  return typeof value === 'object' && value !== null && 'records' in value && Array.isArray(value.records)
}
