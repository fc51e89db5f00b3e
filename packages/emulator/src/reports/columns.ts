import { fieldPath } from '../schema/field-path.ts'
import type { OrgSchema } from '../schema/org-schema.ts'
import type { FieldSchema } from '../schema/types.ts'
import type { ReportDefinition } from './report-definition.ts'

/** One column of a report: where its values come from and how the API names and describes it. */
export interface ReportColumn {
  /** Name in the API, `Opportunity.Account.Name`, as custom report types have them. */
  readonly name: string
  /** Path from the object, as SOQL takes it. */
  readonly path: string
  readonly field: FieldSchema
  readonly label: string
  /** Path of the Id behind a name, so that its cell can tell which record it names; undefined for other columns. */
  readonly idPath: string | undefined
}

/** A column of a definition by its path. Throws where the schema has no such field: a mistake of whoever defined it. */
export function reportColumn(schema: OrgSchema, { object, name }: ReportDefinition, path: string): ReportColumn {
  const { field, parents } = fieldPath(schema, object, path, `Report ${name}`)
  return {
    name: `${object}.${path}`,
    path,
    field,
    label: [...parents.map((parent) => parent.object.label), field.label].join(' '),
    idPath: field.nameField ? [...path.split('.').slice(0, -1), 'Id'].join('.') : undefined,
  }
}
