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
  const steps = path.split('.')
  const last = steps.pop() ?? ''
  let owner = object
  const labels: string[] = []
  for (const step of steps) {
    const reference = schema.parentField(owner, step)
    if (!reference) throw new Error(`Report ${name}: ${owner} has no parent ${step}`)
    owner = reference.referenceTo[0] ?? ''
    labels.push(schema.object(owner)?.label ?? owner)
  }
  const field = schema.field(owner, last)
  if (!field) throw new Error(`Report ${name}: ${owner} has no field ${last}`)
  return {
    name: `${object}.${path}`,
    path,
    field,
    label: [...labels, field.label].join(' '),
    idPath: field.nameField ? [...steps, 'Id'].join('.') : undefined,
  }
}

/** The value of a path in a record of a query. */
export function valueAt(record: Readonly<Record<string, unknown>>, path: string): unknown {
  let value: unknown = record
  for (const step of path.split('.')) value = (value as Record<string, unknown> | null)?.[step] ?? null
  return value
}
