import type { RecordInput } from '../records/field-input.ts'
import { reportColumn } from '../reports/columns.ts'
import type { Org } from './org.ts'

/** Gives every approval process and report of the org's metadata the record under which the APIs know it. */
export function recordDefinitions(org: Org): void {
  const { approvalProcesses, reports } = org.metadata
  for (const { name, label, description, object } of approvalProcesses) {
    if (!org.schema.object(object)) throw new Error(`Approval process ${name}: there is no object ${object}`)
    record(org, 'ProcessDefinition', name, {
      Name: label ?? name,
      Description: description ?? null,
      TableEnumOrId: object,
      Type: 'Approval',
      State: 'Active',
    })
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
  if (records.findBy(object, 'DeveloperName', developerName).length > 0) return
  records.insert(object, { ...fields, DeveloperName: developerName }, { asSystem: true })
}
