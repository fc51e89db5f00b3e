import { checkbox, field, lookup, picklist, text } from '../fields.ts'
import { auditFields } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

/** Group after the Object Reference ("Group"): public groups and the queues that may own records. */
export const group: ObjectSchema = {
  name: 'Group',
  label: 'Group',
  labelPlural: 'Groups',
  keyPrefix: '00G',
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: true,
  fields: [
    field('Id', 'Group ID', 'id', {
      length: 18,
      createable: false,
      updateable: false,
      nillable: false,
      defaultedOnCreate: true,
      idLookup: true,
    }),
    text('Name', 'Name', 40, { nillable: false, nameField: true }),
    text('DeveloperName', 'Developer Name', 80),
    lookup('RelatedId', 'Related ID', ['User'], 'Related', { createable: false, updateable: false }),
    picklist('Type', 'Type', ['Regular', 'Role', 'RoleAndSubordinates', 'Organization', 'Queue'], {
      length: 40,
      nillable: false,
      updateable: false,
      restrictedPicklist: true,
    }),
    field('Email', 'Email', 'email', { length: 255 }),
    lookup('OwnerId', 'Owner ID', ['User'], 'Owner', { createable: false, updateable: false, nillable: true }),
    checkbox('DoesSendEmailToMembers', 'Send Email to Members'),
    checkbox('DoesIncludeBosses', 'Include Bosses', { createable: true }),
    ...auditFields(),
  ],
}
