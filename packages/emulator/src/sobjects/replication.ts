import type { Org } from '../org/org.ts'
import { restDateTime, storedDateTime } from '../records/date-values.ts'
import { quote } from '../records/object-table.ts'
import type { ObjectSchema } from '../schema/types.ts'
import { exceededIdLimit, invalidReplicationDate, missingArgument } from './errors.ts'

/** The query parameters of the two resources: ISO 8601 texts. */
export interface Timespan {
  readonly start?: string | undefined
  readonly end?: string | undefined
}

/** What `updated` answers. */
export interface UpdatedRecords {
  readonly ids: readonly string[]
  readonly latestDateCovered: string
}

/** What `deleted` answers. */
export interface DeletedRecords {
  readonly deletedRecords: readonly { readonly id: string; readonly deletedDate: string }[]
  readonly earliestDateAvailable: string
  readonly latestDateCovered: string
}

const MINUTE = 60_000
/** How far back the org tells of changes; also what it says when asked for more. */
const LONGEST = 30 * 86_400_000
const MAX_IDS = 600_000

/**
 * Which records of an object were changed or deleted in a span of time, by SystemModstamp.
 *
 * Source: REST API Developer Guide, "sObject Get Updated" and "sObject Get Deleted": seconds are ignored, the start
 * belongs to the span and the end does not, more than 600,000 Ids are too many.
 */
export class Replication {
  readonly #org: Org

  constructor(org: Org) {
    this.#org = org
  }

  /** Ids of live records created or changed in the span. */
  updated(object: ObjectSchema, timespan: Timespan): UpdatedRecords {
    const { start, end } = this.#span(timespan)
    const ids = this.#rows(object, start, end, 0).map(({ Id }) => Id)
    return { ids, latestDateCovered: this.#latest(end) }
  }

  /** Ids of records deleted in the span, with the moment; records removed for good are not among them. */
  deleted(object: ObjectSchema, timespan: Timespan): DeletedRecords {
    const { start, end } = this.#span(timespan)
    const deletedRecords = this.#rows(object, start, end, 1).map(({ Id, SystemModstamp }) => ({
      id: Id,
      deletedDate: restDateTime(SystemModstamp),
    }))
    const earliest = wholeMinute(this.#org.clock.now() - LONGEST)
    return { deletedRecords, earliestDateAvailable: wireTime(earliest), latestDateCovered: this.#latest(end) }
  }

  #span({ start, end }: Timespan): { start: number; end: number } {
    const span = { start: timeOf('start', start), end: timeOf('end', end) }
    if (span.end - span.start < MINUTE) {
      throw invalidReplicationDate('endDate must be at least one minute greater than startDate')
    }
    if (span.start < wholeMinute(this.#org.clock.now() - LONGEST)) {
      throw invalidReplicationDate('startDate cannot be more than 30 days ago')
    }
    return span
  }

  #rows(object: ObjectSchema, start: number, end: number, deleted: 0 | 1): { Id: string; SystemModstamp: string }[] {
    const sql =
      `SELECT "Id", "SystemModstamp" FROM ${quote(object.name)} WHERE "IsDeleted" = ? ` +
      `AND "SystemModstamp" >= ? AND "SystemModstamp" < ? ORDER BY "SystemModstamp", "Id" LIMIT ${MAX_IDS + 1}`
    const [from, to] = [new Date(start).toISOString(), new Date(end).toISOString()]
    const rows = this.#org.database.prepare(sql).all(deleted, from, to)
    if (rows.length > MAX_IDS) throw exceededIdLimit()
    return rows as { Id: string; SystemModstamp: string }[]
  }

  /** Nothing after now can be covered. */
  #latest(end: number): string {
    return wireTime(Math.min(end, wholeMinute(this.#org.clock.now())))
  }
}

function timeOf(name: string, text: string | undefined): number {
  if (text === undefined || text === '') throw missingArgument(name)
  const stored = storedDateTime(text)
  if (stored === undefined) throw invalidReplicationDate(`${name} is not a valid dateTime: ${text}`)
  return wholeMinute(Date.parse(stored))
}

function wholeMinute(time: number): number {
  return Math.floor(time / MINUTE) * MINUTE
}

function wireTime(time: number): string {
  return restDateTime(new Date(time).toISOString())
}
