import { checkbox, picklist, readOnly, text } from '../fields.ts'
import { auditFields } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

/** RecordType after the Object Reference ("RecordType"). The org has none until they are created. */
export const recordType: ObjectSchema = {
  name: 'RecordType',
  label: 'Record Type',
  labelPlural: 'Record Types',
  keyPrefix: '012',
  custom: false,
  createable: true,
  updateable: true,
  deletable: false,
  searchable: false,
  fields: [
    readOnly('Id', 'Record Type ID', 'id', { length: 18, nillable: false, defaultedOnCreate: true, idLookup: true }),
    text('Name', 'Name', 80, { nillable: false, nameField: true }),
    text('DeveloperName', 'Record Type Name', 80, { nillable: false }),
    readOnly('NamespacePrefix', 'Namespace Prefix', 'string', { length: 15 }),
    text('Description', 'Description', 255),
    picklist('SobjectType', 'SObject Type Name', [], { length: 40, nillable: false, updateable: false }),
    checkbox('IsActive', 'Active'),
    ...auditFields(),
  ],
}
