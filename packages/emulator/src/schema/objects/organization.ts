import { addressFields, phone } from '../address-fields.ts'
import { checkbox, picklist, readOnly, text } from '../fields.ts'
import { auditFields } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

const SET_UP = { length: 40, restrictedPicklist: true } as const

/** Organization after the Object Reference ("Organization"): the one record that tells about the org itself. */
export const organization: ObjectSchema = {
  name: 'Organization',
  label: 'Organization',
  labelPlural: 'Organizations',
  keyPrefix: '00D',
  custom: false,
  createable: false,
  updateable: true,
  deletable: false,
  searchable: false,
  fields: [
    readOnly('Id', 'Organization ID', 'id', { length: 18, nillable: false, defaultedOnCreate: true, idLookup: true }),
    readOnly('Name', 'Name', 'string', { length: 80, nillable: false, nameField: true }),
    readOnly('Division', 'Division', 'string', { length: 80 }),
    ...addressFields(''),
    phone('Phone', 'Phone'),
    phone('Fax', 'Fax'),
    text('PrimaryContact', 'Primary Contact', 80),
    picklist('DefaultLocaleSidKey', 'Locale', ['en_US*', 'en_GB', 'de_DE', 'fr_FR'], SET_UP),
    picklist('TimeZoneSidKey', 'Time Zone', ['GMT*', 'America/Los_Angeles', 'Europe/Berlin'], SET_UP),
    picklist('LanguageLocaleKey', 'Language', ['en_US*', 'de', 'fr'], SET_UP),
    readOnly('FiscalYearStartMonth', 'Fiscal Year Starts In', 'int', { digits: 9 }),
    checkbox('UsesStartDateAsFiscalYearName', 'Fiscal Year Name by Start', { createable: false, updateable: false }),
    readOnly('OrganizationType', 'Edition', 'picklist', { length: 40 }),
    readOnly('NamespacePrefix', 'Namespace Prefix', 'string', { length: 15 }),
    readOnly('InstanceName', 'Instance Name', 'string', { length: 5 }),
    checkbox('IsSandbox', 'Is Sandbox', { createable: false, updateable: false }),
    checkbox('IsReadOnly', 'Is Read Only', { createable: false, updateable: false }),
    readOnly('TrialExpirationDate', 'Trial Expiration Date', 'datetime'),
    ...auditFields(),
  ],
}
