import { type ErrorEntry, RecordError } from '../errors.ts'
import { keepIf } from '../records/keep-if.ts'
import type { RecordStore } from '../records/record-store.ts'
import { rolledBack } from './errors.ts'

/** One error of a record: the code is called `statusCode` here, and `fields` is always there. */
export interface RowError {
  readonly statusCode: string
  readonly message: string
  readonly fields: readonly string[]
}

/** What became of one record of a call with several (SaveResult, UpsertResult, DeleteResult). */
export interface SaveResult {
  readonly id?: string
  readonly success: boolean
  readonly errors: readonly RowError[]
  /** On upsert only. */
  readonly created?: boolean
}

/** A record as it was written. */
export interface Saved {
  readonly id: string
  /** True when it was not there before. */
  readonly created: boolean
  /** What Salesforce says of a success among its errors. */
  readonly notes?: readonly ErrorEntry[]
}

/** How the records of a call are written and told of. */
export interface SaveOptions {
  /** True when one bad record undoes all the others. */
  readonly allOrNone: boolean
  /** True where every result says `created`; false unless said. */
  readonly tellsCreated?: boolean
}

/** Writes records one after the other, each succeeding or failing by itself unless all or none is asked for. */
export function saveEach<Row>(
  records: RecordStore,
  rows: readonly Row[],
  write: (row: Row) => Saved,
  { allOrNone, tellsCreated = false }: SaveOptions,
): SaveResult[] {
  const outcomes = keepIf(
    records,
    () => rows.map((row) => attempt(records, () => write(row))),
    (all) => !allOrNone || !all.some(isRefusal),
  )
  const undone = allOrNone && outcomes.some(isRefusal)
  return outcomes.map((outcome) => {
    const created = tellsCreated && { created: !undone && !isRefusal(outcome) && outcome.created }
    if (isRefusal(outcome)) return { ...failure(outcome), ...created }
    if (!undone) return { id: outcome.id, success: true, errors: told(outcome.notes ?? []), ...created }
    // A record that was there before tells its Id; one that came and went has none.
    return { ...(!outcome.created && { id: outcome.id }), ...failure(rolledBack()), ...created }
  })
}

/** What is wrong with a record as its row tells it, one entry each. */
export function rowErrors({ entries }: RecordError): RowError[] {
  return told(entries)
}

function told(entries: readonly ErrorEntry[]): RowError[] {
  return entries.map(({ errorCode, message, fields = [] }) => ({ statusCode: errorCode, message, fields }))
}

function attempt(records: RecordStore, write: () => Saved): Saved | RecordError {
  try {
    return records.transaction(write)
  } catch (error) {
    if (error instanceof RecordError) return error
    throw error
  }
}

function isRefusal(outcome: Saved | RecordError): outcome is RecordError {
  return outcome instanceof RecordError
}

function failure(error: RecordError): { success: false; errors: RowError[] } {
  return { success: false, errors: rowErrors(error) }
}
