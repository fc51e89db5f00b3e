import { checkbox, field, lookup, picklist, readOnly, text, textArea } from '../fields.ts'
import { auditFields, identityFields, ownerField } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

/** Case as a recorded describe shows it; the number is dealt out by the record store. */
export const caseObject: ObjectSchema = {
  name: 'Case',
  label: 'Case',
  labelPlural: 'Cases',
  keyPrefix: '500',
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: true,
  derive: (row, previous, now) => {
    const closed = row.Status === 'Closed'
    return { IsClosed: Number(closed), ClosedDate: closed ? (previous?.ClosedDate ?? now) : null }
  },
  assignmentRule: { queue: 'Support', takes: (row) => row.Origin === 'Web' },
  fields: [
    ...identityFields('Case'),
    lookup('MasterRecordId', 'Master Record ID', ['Case'], 'MasterRecord', { createable: false, updateable: false }),
    readOnly('CaseNumber', 'Case Number', 'string', {
      length: 30,
      nillable: false,
      defaultedOnCreate: true,
      idLookup: true,
      nameField: true,
      autoNumber: true,
      groupable: false,
    }),
    lookup('ContactId', 'Contact ID', ['Contact'], 'Contact', { children: 'Cases' }),
    lookup('AccountId', 'Account ID', ['Account'], 'Account', { children: 'Cases', cascadeDelete: true }),
    lookup('ParentId', 'Parent Case ID', ['Case'], 'Parent', { children: 'Cases' }),
    text('SuppliedName', 'Name', 80),
    field('SuppliedEmail', 'Email Address', 'email', { length: 80 }),
    text('SuppliedPhone', 'Phone', 40),
    text('SuppliedCompany', 'Company', 80),
    picklist('Type', 'Case Type', ['Mechanical', 'Electrical', 'Electronic', 'Structural', 'Other'], { length: 40 }),
    picklist('Status', 'Status', ['New*', 'Working', 'Escalated', 'Closed'], { length: 40 }),
    picklist(
      'Reason',
      'Case Reason',
      ['Installation', 'Equipment Complexity', 'Performance', 'Breakdown', 'Equipment Design', 'Feedback', 'Other'],
      { length: 40 },
    ),
    picklist('Origin', 'Case Origin', ['Phone', 'Email', 'Web'], { length: 40 }),
    text('Subject', 'Subject', 255),
    picklist('Priority', 'Priority', ['High', 'Medium*', 'Low'], { length: 40 }),
    textArea('Description', 'Description', 32_000),
    checkbox('IsClosed', 'Closed', { createable: false, updateable: false }),
    readOnly('ClosedDate', 'Closed Date', 'datetime'),
    checkbox('IsEscalated', 'Escalated'),
    ownerField(['Group', 'User']),
    ...auditFields(),
    readOnly('ContactPhone', 'Contact Phone', 'phone', { length: 40 }),
    readOnly('ContactMobile', 'Contact Mobile', 'phone', { length: 40 }),
    readOnly('ContactEmail', 'Contact Email', 'email', { length: 80 }),
    readOnly('ContactFax', 'Contact Fax', 'phone', { length: 40 }),
    textArea('Comments', 'Internal Comments', 4000, { sortable: true }),
    readOnly('LastViewedDate', 'Last Viewed Date', 'datetime'),
    readOnly('LastReferencedDate', 'Last Referenced Date', 'datetime'),
  ],
}
