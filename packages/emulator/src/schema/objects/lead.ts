import { addressFields, phone } from '../address-fields.ts'
import { checkbox, decimal, field, lookup, picklist, readOnly, text, textArea } from '../fields.ts'
import { fullName, personNameFields } from '../person-name.ts'
import { auditFields, identityFields, ownerField, viewFields } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

const UNCONVERTED = { createable: false, updateable: false } as const

/** Lead after the Object Reference ("Lead"). */
export const lead: ObjectSchema = {
  name: 'Lead',
  label: 'Lead',
  labelPlural: 'Leads',
  keyPrefix: '00Q',
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: true,
  derive: (row) => ({ Name: fullName(row) }),
  duplicateRule: {
    name: 'Standard_Lead_Duplicate_Rule',
    matchingRule: 'Standard_Lead_Match_Rule_v1_0',
    fields: ['Email', 'LastName', 'Company'],
    action: 'alert',
    message: "You're creating a duplicate record. We recommend you use an existing record instead.",
  },
  assignmentRule: { queue: 'Web_Leads', takes: (row) => row.LeadSource === 'Web' },
  fields: [
    ...identityFields('Lead'),
    lookup('MasterRecordId', 'Master Record ID', ['Lead'], 'MasterRecord', UNCONVERTED),
    ...personNameFields(),
    text('Title', 'Title', 128),
    text('Company', 'Company', 255, { nillable: false }),
    ...addressFields(''),
    phone('Phone', 'Phone'),
    phone('MobilePhone', 'Mobile Phone'),
    phone('Fax', 'Fax'),
    field('Email', 'Email', 'email', { length: 80, idLookup: true }),
    field('Website', 'Website', 'url', { length: 255 }),
    textArea('Description', 'Description', 32_000),
    picklist('LeadSource', 'Lead Source', ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other']),
    picklist(
      'Status',
      'Status',
      ['Open - Not Contacted*', 'Working - Contacted', 'Closed - Converted', 'Closed - Not Converted'],
      { nillable: false },
    ),
    picklist('Industry', 'Industry', [
      'Agriculture',
      'Banking',
      'Education',
      'Energy',
      'Retail',
      'Technology',
      'Other',
    ]),
    picklist('Rating', 'Rating', ['Hot', 'Warm', 'Cold']),
    decimal('AnnualRevenue', 'Annual Revenue', 'currency', 18, 0),
    field('NumberOfEmployees', 'Employees', 'int', { digits: 8 }),
    ownerField(['Group', 'User']),
    checkbox('IsConverted', 'Converted', UNCONVERTED),
    readOnly('ConvertedDate', 'Converted Date', 'date'),
    lookup('ConvertedAccountId', 'Converted Account ID', ['Account'], 'ConvertedAccount', UNCONVERTED),
    lookup('ConvertedContactId', 'Converted Contact ID', ['Contact'], 'ConvertedContact', UNCONVERTED),
    lookup('ConvertedOpportunityId', 'Converted Opportunity ID', ['Opportunity'], 'ConvertedOpportunity', UNCONVERTED),
    checkbox('IsUnreadByOwner', 'Unread By Owner', { defaultValue: true }),
    ...auditFields(),
    ...viewFields(),
    readOnly('PhotoUrl', 'Photo URL', 'url', { length: 255, extraTypeInfo: 'imageurl' }),
    text('EmailBouncedReason', 'Email Bounced Reason', 255),
    field('EmailBouncedDate', 'Email Bounced Date', 'datetime'),
    readOnly('LastActivityDate', 'Last Activity', 'date'),
  ],
}
