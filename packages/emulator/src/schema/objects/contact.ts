import { addressFields, phone } from '../address-fields.ts'
import { checkbox, field, lookup, picklist, readOnly, text, textArea } from '../fields.ts'
import { fullName, personNameFields } from '../person-name.ts'
import { auditFields, identityFields, ownerField } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

/** Contact as a recorded describe shows it. */
export const contact: ObjectSchema = {
  name: 'Contact',
  label: 'Contact',
  labelPlural: 'Contacts',
  keyPrefix: '003',
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: true,
  derive: (row) => ({ Name: fullName(row) }),
  fields: [
    ...identityFields('Contact'),
    readOnly('MasterRecordId', 'Master Record ID', 'reference', {
      length: 18,
      referenceTo: ['Contact'],
      relationshipName: 'MasterRecord',
    }),
    lookup('AccountId', 'Account ID', ['Account'], 'Account', { children: 'Contacts', cascadeDelete: true }),
    ...personNameFields(),
    ...addressFields('Other'),
    ...addressFields('Mailing'),
    phone('Phone', 'Business Phone'),
    phone('Fax', 'Business Fax'),
    phone('MobilePhone', 'Mobile Phone'),
    phone('HomePhone', 'Home Phone'),
    phone('OtherPhone', 'Other Phone'),
    phone('AssistantPhone', 'Asst. Phone'),
    lookup('ReportsToId', 'Reports To ID', ['Contact'], 'ReportsTo'),
    field('Email', 'Email', 'email', { length: 80, idLookup: true }),
    text('Title', 'Title', 128),
    text('Department', 'Department', 80),
    text('AssistantName', "Assistant's Name", 40),
    picklist('LeadSource', 'Lead Source', ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other']),
    field('Birthdate', 'Birthdate', 'date'),
    textArea('Description', 'Contact Description', 32_000),
    ownerField(),
    ...auditFields(),
    readOnly('LastActivityDate', 'Last Activity', 'date'),
    readOnly('LastViewedDate', 'Last Viewed Date', 'datetime'),
    readOnly('LastReferencedDate', 'Last Referenced Date', 'datetime'),
    text('EmailBouncedReason', 'Email Bounced Reason', 255),
    field('EmailBouncedDate', 'Email Bounced Date', 'datetime'),
    checkbox('IsEmailBounced', 'Is Email Bounced', { createable: false, updateable: false }),
    readOnly('PhotoUrl', 'Photo URL', 'url', { length: 255, extraTypeInfo: 'imageurl' }),
  ],
}
