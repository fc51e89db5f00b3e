import { fieldPath } from '../schema/field-path.ts'
import type { OrgSchema } from '../schema/org-schema.ts'
import type { FieldSchema } from '../schema/types.ts'
import type { ListView } from './list-view.ts'

/** One column of a list view (SOAP API Developer Guide, "ListViewColumn"). */
export interface ListViewColumn {
  /** Path from the object. */
  readonly path: string
  readonly field: FieldSchema
  readonly label: string
  /** True for the columns that come along without being shown. */
  readonly hidden: boolean
  /** What the query of the list view selects. */
  readonly selectListItem: string
}

/** Fields that every list view has, shown or not (recorded: `restforce-listview-results`). */
const ALWAYS = ['Id', 'CreatedDate', 'LastModifiedDate', 'SystemModstamp']

/** The columns of a list view. Throws where the schema has no such field: a mistake of whoever defined it. */
export function listViewColumns(schema: OrgSchema, view: ListView): ListViewColumn[] {
  const shown = view.columns.map((path) => column(schema, view, path, false))
  const rest = ALWAYS.filter((name) => !view.columns.includes(name)).map((name) => column(schema, view, name, true))
  return [...shown, ...rest]
}

function column(schema: OrgSchema, view: ListView, path: string, hidden: boolean): ListViewColumn {
  const { object, labels = {}, name } = view
  const { field, parents } = fieldPath(schema, object, path, `List view ${object}.${name}`)
  // An owner is the owner of something; what another parent is called its own fields say.
  const owner = parents[0]?.relationshipName === 'Owner' ? `${schema.object(object)?.label ?? object} Owner ` : ''
  return {
    path,
    field,
    label: labels[path] ?? `${owner}${field.label}`,
    hidden,
    selectListItem: field.type === 'picklist' ? `toLabel(${path})` : path,
  }
}
