import { checkbox, picklist, readOnly, text } from '../fields.ts'
import { auditFields, viewFields } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

const SYSTEM = { createable: false, updateable: false } as const

/** Profile after the Object Reference ("Profile"), without its permissions; no API creates one. */
export const profile: ObjectSchema = {
  name: 'Profile',
  label: 'Profile',
  labelPlural: 'Profile',
  keyPrefix: '00e',
  custom: false,
  createable: false,
  updateable: true,
  deletable: true,
  searchable: false,
  fields: [
    readOnly('Id', 'Profile ID', 'id', { length: 18, nillable: false, defaultedOnCreate: true, idLookup: true }),
    text('Name', 'Name', 255, { createable: false, nillable: false, nameField: true }),
    picklist('UserType', 'User Type', ['Standard*', 'Guest'], { ...SYSTEM, length: 40, restrictedPicklist: true }),
    text('Description', 'Description', 255, { createable: false }),
    checkbox('IsSsoEnabled', 'Is Single Sign-On Enabled', SYSTEM),
    ...auditFields(),
    ...viewFields(),
  ],
}
