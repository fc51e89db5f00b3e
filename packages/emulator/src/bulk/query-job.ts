import type { CsvDialect } from '../csv/dialect.ts'

/** State of a query job; it never is Open, for there is nothing to upload. */
export type QueryJobState = 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted'

/** What a caller asks for when creating a query job, checked. */
export interface QueryOrder extends CsvDialect {
  readonly operation: 'query' | 'queryAll'
  readonly query: string
  /** API version of the creating call (`67.0`). */
  readonly version: string
}

/** One query job with everything that its answers show. Times are milliseconds since the epoch. */
export interface QueryJob extends QueryOrder {
  readonly id: string
  readonly object: string
  readonly createdById: string
  readonly createdDate: number
  /** Moves at every change of state. */
  systemModstamp: number
  state: QueryJobState
  errorMessage: string | undefined
  /** Rows of the result. */
  processed: number
  /** Header of the result as CSV; empty until the job has run. */
  header: string
  processingTime: number
}

/** True for states that no job leaves. */
export function isOver(state: QueryJobState): boolean {
  return state === 'JobComplete' || state === 'Failed' || state === 'Aborted'
}
