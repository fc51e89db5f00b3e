import { checkbox, lookup, picklist, readOnly, text } from '../fields.ts'
import { auditFields } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

const ACCESS = { length: 40, restrictedPicklist: true } as const

/** UserRole after the Object Reference ("UserRole"): a place in the hierarchy of roles. */
export const userRole: ObjectSchema = {
  name: 'UserRole',
  label: 'Role',
  labelPlural: 'Role',
  keyPrefix: '00E',
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: true,
  fields: [
    readOnly('Id', 'Role ID', 'id', { length: 18, nillable: false, defaultedOnCreate: true, idLookup: true }),
    text('Name', 'Name', 80, { nillable: false, nameField: true }),
    lookup('ParentRoleId', 'Parent Role ID', ['UserRole'], null),
    text('RollupDescription', 'Description', 80),
    picklist(
      'OpportunityAccessForAccountOwner',
      'Opportunity Access Level for Account Owner',
      ['Edit*', 'Read', 'None'],
      {
        ...ACCESS,
        nillable: false,
      },
    ),
    picklist('CaseAccessForAccountOwner', 'Case Access Level for Account Owner', ['Edit', 'Read', 'None'], ACCESS),
    readOnly('ContactAccessForAccountOwner', 'Contact Access Level for Account Owner', 'picklist', { length: 40 }),
    lookup('ForecastUserId', 'User ID', ['User'], null),
    checkbox('MayForecastManagerShare', 'May Forecast Manager Share', { createable: false, updateable: false }),
    ...auditFields().filter(({ name }) => !name.startsWith('Created')),
    text('DeveloperName', 'Developer Name', 80),
    picklist('PortalType', 'Portal Type', ['None*', 'CustomerPortal', 'Partner'], ACCESS),
  ],
}
