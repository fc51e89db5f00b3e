import { checkbox, decimal, field, lookup, picklist, readOnly, text, textArea } from '../fields.ts'
import { auditFields, identityFields, ownerField, viewFields } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

const counted = (name: string, label: string) =>
  readOnly(name, label, 'int', { digits: 8, nillable: false, defaultedOnCreate: true })

/** Campaign after the Object Reference ("Campaign"). */
export const campaign: ObjectSchema = {
  name: 'Campaign',
  label: 'Campaign',
  labelPlural: 'Campaigns',
  keyPrefix: '701',
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: true,
  fields: [
    ...identityFields('Campaign'),
    text('Name', 'Name', 80, { nillable: false, nameField: true }),
    lookup('ParentId', 'Parent Campaign ID', ['Campaign'], 'Parent', { children: 'ChildCampaigns' }),
    picklist('Type', 'Type', [
      'Conference*',
      'Webinar',
      'Trade Show',
      'Public Relations',
      'Partners',
      'Referral Program',
      'Advertisement',
      'Banner Ads',
      'Direct Mail',
      'Email',
      'Telemarketing',
      'Other',
    ]),
    picklist('Status', 'Status', ['Planned*', 'In Progress', 'Completed', 'Aborted']),
    field('StartDate', 'Start Date', 'date'),
    field('EndDate', 'End Date', 'date'),
    decimal('ExpectedRevenue', 'Expected Revenue', 'currency', 18, 0),
    decimal('BudgetedCost', 'Budgeted Cost', 'currency', 18, 0),
    decimal('ActualCost', 'Actual Cost', 'currency', 18, 0),
    decimal('ExpectedResponse', 'Expected Response (%)', 'percent', 10, 2),
    decimal('NumberSent', 'Num Sent', 'double', 18, 0),
    checkbox('IsActive', 'Active'),
    textArea('Description', 'Description', 32_000),
    counted('NumberOfLeads', 'Leads in Campaign'),
    counted('NumberOfConvertedLeads', 'Converted Leads in Campaign'),
    counted('NumberOfContacts', 'Contacts in Campaign'),
    counted('NumberOfResponses', 'Responses in Campaign'),
    ownerField(),
    ...auditFields(),
    readOnly('LastActivityDate', 'Last Activity', 'date'),
    ...viewFields(),
  ],
}
