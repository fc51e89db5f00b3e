import { checkbox, readOnly } from '../fields.ts'
import { auditFields, identityFields, viewFields } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

/** ListView after the Object Reference ("ListView"): the Id by which the resources of an object know one of its list views. */
export const listView: ObjectSchema = {
  name: 'ListView',
  label: 'List View',
  labelPlural: 'List Views',
  keyPrefix: '00B',
  custom: false,
  createable: false,
  updateable: false,
  deletable: false,
  searchable: false,
  fields: [
    ...identityFields('List View'),
    readOnly('Name', 'View Name', 'string', { length: 40, nillable: false, nameField: true }),
    readOnly('DeveloperName', 'API Name', 'string', { length: 80, nillable: false }),
    readOnly('NamespacePrefix', 'Namespace Prefix', 'string', { length: 15 }),
    readOnly('SobjectType', 'sObject Type', 'string', { length: 40 }),
    checkbox('IsSoqlCompatible', 'Is SOQL Compatible', { createable: false, updateable: false }),
    ...auditFields(),
    ...viewFields(),
  ],
}
