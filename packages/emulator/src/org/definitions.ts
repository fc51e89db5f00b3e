import { InvalidOption } from '../invalid-option.ts'
import { listViewColumns } from '../list-views/columns.ts'
import type { RecordInput } from '../records/field-input.ts'
import { reportColumn } from '../reports/columns.ts'
import { fieldPath } from '../schema/field-path.ts'
import type { Org } from './org.ts'

/**
 * Gives every approval process, list view and report of the org's metadata the record under which the APIs know it. Throws
 * for a definition that names no object or field of the org.
 */
export function recordDefinitions(org: Org): void {
  const { approvalProcesses, listViews, quickActions, reports } = org.metadata
  for (const { name, label, description, object } of approvalProcesses) {
    if (!org.schema.object(object))
      throw new InvalidOption('metadata', `Approval process ${name}: there is no object ${object}`)
    record(org, 'ProcessDefinition', name, {
      Name: label ?? name,
      Description: description ?? null,
      TableEnumOrId: object,
      Type: 'Approval',
      State: 'Active',
    })
  }
  for (const view of listViews) {
    listViewColumns(org.schema, view)
    record(org, 'ListView', view.name, { Name: view.label ?? view.name, SobjectType: view.object, IsSoqlCompatible: 1 })
  }
  for (const { name, object = '', targetObject = object, fields = [] } of quickActions) {
    // Those of a new org make records of objects that this org has not.
    if (!org.schema.object(targetObject)) continue
    for (const field of fields) fieldPath(org.schema, targetObject, field, `Quick action ${name}`)
  }
  for (const report of reports) {
    const { name, label, description, folder, columns, groupBy, sums = [] } = report
    for (const path of [...columns, ...sums, ...(groupBy === undefined ? [] : [groupBy])]) {
      reportColumn(org.schema, report, path)
    }
    record(org, 'Report', name, {
      Name: label ?? name,
      Description: description ?? null,
      FolderName: folder ?? 'Public Reports',
      Format: groupBy === undefined ? 'Tabular' : 'Summary',
    })
  }
}

function record({ records }: Org, object: string, developerName: string, fields: RecordInput): void {
  const known = records.findBy(object, 'DeveloperName', developerName)
  // Two objects may each have a list view of one name.
  if (known.some(({ SobjectType }) => SobjectType === fields.SobjectType)) return
  records.insert(object, { ...fields, DeveloperName: developerName }, { asSystem: true })
}
