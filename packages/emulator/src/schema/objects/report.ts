import { readOnly } from '../fields.ts'
import { auditFields, identityFields } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

/** Report after the Object Reference ("Report"): the definition that the Analytics API runs by its Id. */
export const report: ObjectSchema = {
  name: 'Report',
  label: 'Report',
  labelPlural: 'Reports',
  keyPrefix: '00O',
  custom: false,
  createable: false,
  updateable: false,
  deletable: false,
  searchable: false,
  fields: [
    ...identityFields('Report'),
    readOnly('Name', 'Report Name', 'string', { length: 40, nillable: false, nameField: true }),
    readOnly('DeveloperName', 'Report Unique Name', 'string', { length: 80, nillable: false }),
    readOnly('Description', 'Description', 'string', { length: 255 }),
    readOnly('FolderName', 'Folder Name', 'string', { length: 256 }),
    readOnly('Format', 'Format', 'string', { length: 40 }),
    readOnly('LastRunDate', 'Last Run', 'datetime'),
    ...auditFields(),
  ],
}
