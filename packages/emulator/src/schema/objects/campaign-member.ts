import { checkbox, lookup, picklist, readOnly } from '../fields.ts'
import { auditFields, identityFields } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

/** CampaignMember after the Object Reference ("CampaignMember"): a lead or a contact in a campaign. */
export const campaignMember: ObjectSchema = {
  name: 'CampaignMember',
  label: 'Campaign Member',
  labelPlural: 'Campaign Members',
  keyPrefix: '00v',
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: false,
  derive: (row, previous, now) => {
    const responded = row.Status === 'Responded'
    return {
      HasResponded: Number(responded),
      FirstRespondedDate: responded ? (previous?.FirstRespondedDate ?? now.slice(0, 10)) : null,
      LeadOrContactId: row.ContactId ?? row.LeadId ?? null,
      Type: (row.ContactId ?? null) === null ? 'Lead' : 'Contact',
    }
  },
  fields: [
    ...identityFields('Campaign Member'),
    lookup('CampaignId', 'Campaign ID', ['Campaign'], 'Campaign', {
      children: 'CampaignMembers',
      cascadeDelete: true,
      nillable: false,
      updateable: false,
    }),
    lookup('LeadId', 'Lead ID', ['Lead'], 'Lead', {
      children: 'CampaignMembers',
      cascadeDelete: true,
      updateable: false,
    }),
    lookup('ContactId', 'Contact ID', ['Contact'], 'Contact', {
      children: 'CampaignMembers',
      cascadeDelete: true,
      updateable: false,
    }),
    picklist('Status', 'Status', ['Sent*', 'Responded'], { length: 40 }),
    checkbox('HasResponded', 'Responded', { createable: false, updateable: false }),
    readOnly('FirstRespondedDate', 'First Responded Date', 'date'),
    readOnly('Type', 'Type', 'picklist', { length: 40 }),
    readOnly('LeadOrContactId', 'Related Record ID', 'reference', {
      length: 18,
      referenceTo: ['Contact', 'Lead'],
      relationshipName: 'LeadOrContact',
    }),
    ...auditFields(),
  ],
}
