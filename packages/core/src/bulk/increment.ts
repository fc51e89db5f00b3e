import { checkedOptions, checkedWholeNumber, isValidDate, refuse } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import { type SoqlKeyword, soqlClauses, withCondition } from '../query/soql-clauses.ts'
import { checkedSoql } from '../query/soql-text.ts'
import { checkSplittable } from './id-range-query.ts'
import type { QueryJob } from './job.ts'
import type { JobRoad } from './job-road.ts'
import { type BulkQuery, preparedQuery } from './query.ts'
import { type BulkQueryOptions, queryOptions, settleQueryOptions } from './query-options.ts'

/** What an increment takes beside the options of a bulk query. */
export interface IncrementOptions extends BulkQueryOptions {
  /** The `until()` of the increment before: only what has changed since then. Default: everything up to `until()`. */
  readonly after?: string | Date | undefined
  /**
   * How many milliseconds before now, by the clock of Salesforce, the increment ends: a record takes the time of its
   * change, but shows only when its transaction ends. Default: 600,000, the longest time that an Apex transaction may
   * take ("Execution Governors and Limits"). From 1,000 on, since times are kept in seconds.
   */
  readonly lag?: number | undefined
}

/** The records of one increment. */
export interface BulkIncrement<T> extends BulkQuery<T> {
  /**
   * The end of the increment, for instance `2026-11-22T01:02:03.000Z`: store it once all records are processed, and give
   * it to the next increment as `after`. It is never before `after`. Known from the first pull on; asks for it otherwise.
   */
  until(): Promise<string>
}

const LAG = 600_000
const SHORTEST_LAG = 1_000
/** Clocks of the machines of one Salesforce instance may differ by so much. */
const TOLERANCE = 60_000

/** Clauses by which a part of the changes would be missing. */
const incomplete: readonly SoqlKeyword[] = ['LIMIT', 'OFFSET', 'GROUP BY']

/** Prepares an increment; nothing is sent yet. */
export function bulkIncrement<T>(
  road: JobRoad<QueryJob>,
  soql: string,
  options: IncrementOptions | undefined,
  call: CallOptions,
): BulkIncrement<T> {
  const query = checkedSoql(soql)
  const given = checkedOptions('bulk.increment', options, [...queryOptions, 'after', 'lag'])
  const settled = settleQueryOptions(given)
  const { after, lag = LAG } = given
  checkedWholeNumber('lag', lag, SHORTEST_LAG)
  const begin = after === undefined ? undefined : checkedMoment('after', after)
  const clauses = soqlClauses(query)
  const other = incomplete.find((keyword) => clauses.has(keyword))
  if (other !== undefined) {
    throw new ConfigurationError(`bulk.increment would miss changes by a query with ${other}. Leave ${other} out.`)
  }
  if (settled.ranges !== undefined) checkSplittable(query)

  let ending: Promise<number> | undefined
  function end(): Promise<number> {
    ending ??= endOf(road.connection, begin, lag, call).catch((error: unknown) => {
      ending = undefined
      throw error
    })
    return ending
  }
  async function window(): Promise<string> {
    const to = `SystemModstamp <= ${new Date(await end()).toISOString()}`
    const both = begin === undefined ? to : `SystemModstamp > ${new Date(begin).toISOString()} AND ${to}`
    return withCondition(query, both)
  }
  return {
    ...preparedQuery<T>(road, window, settled, call),
    until: async () => new Date(await end()).toISOString(),
  }
}

/** The end of the increment that begins now, in whole seconds: Salesforce compares times without their milliseconds. */
async function endOf(
  connection: Connection,
  after: number | undefined,
  lag: number,
  call: CallOptions,
): Promise<number> {
  const now = await serverTime(connection, call)
  if (after !== undefined && after > now + TOLERANCE) {
    throw new ConfigurationError(
      'after must be the until() of an increment before, but is ahead of the clock of Salesforce: no change would be found until then.',
    )
  }
  return Math.max(wholeSeconds(now - lag), after ?? 0)
}

/** The time at Salesforce, by the header of a small call. */
async function serverTime(connection: Connection, call: CallOptions): Promise<number> {
  const { headers } = await connection.jsonAnswer({ method: 'GET', path: '/services/data', replay: 'always' }, call)
  const time = Date.parse(headers.date ?? '')
  if (!Number.isNaN(time)) return time
  throw new ProtocolError(
    'The answer of /services/data came without the header Date, by which an increment ends; a proxy may take it away.',
  )
}

/** A time in whole seconds, rounded down: a record may come twice, but none is missed. */
function checkedMoment(option: string, value: string | Date): number {
  const text = isValidDate(value) ? value.toISOString() : value
  const [, time, offset] =
    (typeof text === 'string' && /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:?\d\d)$/.exec(text)) || []
  const moment = Date.parse(`${time}${offset?.replace(/(\d\d)(\d\d)$/, '$1:$2')}`)
  if (!Number.isNaN(moment)) return wholeSeconds(moment)
  return refuse(option, 'a Date or a time with an offset such as 2026-11-22T01:02:03Z', value)
}

function wholeSeconds(time: number): number {
  return Math.floor(time / 1000) * 1000
}
