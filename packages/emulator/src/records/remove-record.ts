import type { StoredRow } from '../schema/types.ts'
import type { ObjectTable } from './object-table.ts'
import type { RecordStore } from './record-store.ts'

/** How records go. */
export interface Removal {
  /** What happens to each record that goes. */
  readonly dispose: (table: ObjectTable, row: StoredRow) => void
  /** What happens, beside being cleared, to each reference of a record that stays to one that goes. */
  readonly cleared?: (table: ObjectTable, row: StoredRow, field: string) => void
  /** True where children that were deleted before go too. */
  readonly includeDeleted: boolean
}

/** Removes a record with the children that go with it, and clears the references of other children to what is gone. */
export function removeWithChildren(records: RecordStore, table: ObjectTable, row: StoredRow, removal: Removal): void {
  const { dispose, cleared, includeDeleted } = removal
  dispose(table, row)
  for (const { childSObject, field, cascadeDelete } of records.schema.childRelationships(table.schema.name)) {
    const children = records.table(childSObject)
    for (const child of children.by(field, row.Id ?? null, includeDeleted)) {
      if (cascadeDelete) removeWithChildren(records, children, child, removal)
      else {
        cleared?.(children, child, field)
        children.change(child, { ...child, [field]: null })
      }
    }
  }
}
