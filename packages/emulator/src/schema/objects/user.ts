import { addressFields, phone } from '../address-fields.ts'
import { checkbox, field, lookup, picklist, readOnly, text } from '../fields.ts'
import { fullName } from '../person-name.ts'
import { auditFields, viewFields } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

const REQUIRED = { nillable: false } as const
const LOCALE = { nillable: false, restrictedPicklist: true, length: 40 } as const

/** User after a recorded describe: users are made inactive, never deleted, so there is no `IsDeleted` to query. */
export const user: ObjectSchema = {
  name: 'User',
  label: 'User',
  labelPlural: 'Users',
  keyPrefix: '005',
  custom: false,
  createable: true,
  updateable: true,
  deletable: false,
  searchable: true,
  derive: (row) => ({ Name: fullName(row) }),
  fields: [
    readOnly('Id', 'User ID', 'id', { length: 18, nillable: false, defaultedOnCreate: true, idLookup: true }),
    text('Username', 'Username', 80, { ...REQUIRED, unique: true, idLookup: true }),
    text('LastName', 'Last Name', 80, REQUIRED),
    text('FirstName', 'First Name', 40),
    readOnly('Name', 'Full Name', 'string', {
      length: 121,
      nillable: false,
      defaultedOnCreate: true,
      nameField: true,
      extraTypeInfo: 'personname',
    }),
    text('CompanyName', 'Company Name', 80),
    text('Division', 'Division', 80),
    text('Department', 'Department', 80),
    text('Title', 'Title', 80),
    ...addressFields(''),
    field('Email', 'Email', 'email', { length: 128, nillable: false, idLookup: true }),
    phone('Phone', 'Phone'),
    phone('Fax', 'Fax'),
    phone('MobilePhone', 'Mobile'),
    phone('Extension', 'Extension'),
    field('SenderEmail', 'Email Sender Address', 'email', { length: 80 }),
    text('SenderName', 'Email Sender Name', 80),
    text('Signature', 'Email Signature', 1333),
    text('Alias', 'Alias', 8, REQUIRED),
    text('CommunityNickname', 'Nickname', 40),
    checkbox('IsActive', 'Active'),
    picklist(
      'TimeZoneSidKey',
      'Time Zone',
      ['America/Los_Angeles*', 'America/New_York', 'Europe/Berlin', 'GMT'],
      LOCALE,
    ),
    picklist('LocaleSidKey', 'Locale', ['en_US*', 'en_GB', 'de_DE', 'fr_FR'], LOCALE),
    picklist('EmailEncodingKey', 'Email Encoding', ['UTF-8*', 'ISO-8859-1'], LOCALE),
    picklist('LanguageLocaleKey', 'Language', ['en_US*', 'de', 'fr'], LOCALE),
    picklist('UserType', 'User Type', ['Standard*'], {
      length: 40,
      createable: false,
      updateable: false,
      restrictedPicklist: true,
    }),
    lookup('UserRoleId', 'Role ID', ['UserRole'], 'UserRole', { children: 'Users' }),
    lookup('ProfileId', 'Profile ID', ['Profile'], 'Profile', { ...REQUIRED, children: 'Users' }),
    text('EmployeeNumber', 'Employee Number', 20),
    lookup('ManagerId', 'Manager ID', ['User'], 'Manager', { children: 'ManagedUsers' }),
    lookup('DelegatedApproverId', 'Delegated Approver ID', ['Group', 'User'], null),
    lookup('ContactId', 'Contact ID', ['Contact'], 'Contact', { children: 'Users', updateable: false }),
    checkbox('ReceivesInfoEmails', 'Info Emails'),
    checkbox('ReceivesAdminInfoEmails', 'Admin Info Emails'),
    checkbox('ForecastEnabled', 'Allow Forecasting'),
    checkbox('UserPermissionsMarketingUser', 'Marketing User'),
    checkbox('UserPermissionsSFContentUser', 'Salesforce CRM Content User'),
    checkbox('UserPermissionsKnowledgeUser', 'Knowledge User'),
    checkbox('UserPermissionsSupportUser', 'Service Cloud User'),
    readOnly('LastLoginDate', 'Last Login', 'datetime'),
    text('FederationIdentifier', 'SAML Federation ID', 512, { unique: true, idLookup: true }),
    ...auditFields(),
    ...viewFields(),
  ],
}
