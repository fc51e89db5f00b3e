import type { StoredRow } from '../schema/types.ts'

/**
 * What the platform does along with the writes of one object, in their transaction (a new ContentVersion makes its
 * ContentDocument). A trigger that throws undoes the write.
 */
export interface Trigger {
  /** Runs before the row is written and may complete it; `previous` is undefined on create. */
  readonly before?: (row: StoredRow, previous: Readonly<StoredRow> | undefined) => void
  /** Runs once the row is written. */
  readonly after?: (row: Readonly<StoredRow>, previous: Readonly<StoredRow> | undefined) => void
}
