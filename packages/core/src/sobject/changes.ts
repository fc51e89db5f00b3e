import { checkedDate } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { checkedCall } from '../http/call-options.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import { expectedList, expectedText } from '../http/expected.ts'

/** Ids of records that were created or changed in a span of time. */
export interface UpdatedRecords {
  /** Ids of the records. */
  readonly ids: readonly string[]
  /** Pass it as the next `start`. */
  readonly latestDateCovered: string
}

/** Records that were deleted in a span of time. */
export interface DeletedRecords {
  /** The records, with when they were deleted. */
  readonly deletedRecords: readonly { readonly id: string; readonly deletedDate: string }[]
  /** Since when deleted records are still known. */
  readonly earliestDateAvailable: string
  /** Pass it as the next `start`. */
  readonly latestDateCovered: string
}

const minute = 60_000

/** Asks the resource sObject Get Updated or sObject Get Deleted, which cut the seconds off both ends of the span. */
export async function readChanges<R>(
  connection: Connection,
  path: string,
  kind: 'updated' | 'deleted',
  span: readonly [start: Date, end: Date],
  call: CallOptions | undefined,
): Promise<R> {
  const [start, end] = [checkedDate('start', span[0]), checkedDate('end', span[1])]
  if (Math.floor(start.getTime() / minute) >= Math.floor(end.getTime() / minute)) {
    throw new ConfigurationError(
      `${kind}: start must be at least a minute before end; Salesforce passes over the seconds of both.`,
    )
  }
  const query = { start: toTheSecond(start), end: toTheSecond(end) }
  const callOptions = checkedCall(call, kind)
  const answer = await connection.json(
    { method: 'GET', path: `${path}/${kind}/`, query, replay: 'always' },
    callOptions,
  )
  if (kind === 'updated') expectedList(kind, answer, 'ids', 'texts')
  else expectedList(kind, answer, 'deletedRecords')
  expectedText(kind, answer, 'latestDateCovered')
  return answer as R
}

/** Salesforce documents offsets written as +00:00. */
function toTheSecond(date: Date): string {
  return `${date.toISOString().slice(0, 19)}+00:00`
}
