import { lookup, picklist, readOnly } from '../fields.ts'
import { identityFields } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

/** Objects whose records a file can be shared with. */
export const LINKED_ENTITIES: readonly string[] = [
  'Account',
  'Campaign',
  'Case',
  'Contact',
  'Event',
  'Lead',
  'Opportunity',
  'Product2',
  'Task',
  'User',
]

/** ContentDocumentLink after the Object Reference ("ContentDocumentLink"): a file shared with a record or a user. */
export const contentDocumentLink: ObjectSchema = {
  name: 'ContentDocumentLink',
  label: 'Content Document Link',
  labelPlural: 'Content Document Links',
  keyPrefix: '06A',
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: false,
  fields: [
    ...identityFields('ContentDocumentLink'),
    lookup('LinkedEntityId', 'Linked Entity ID', LINKED_ENTITIES, 'LinkedEntity', {
      nillable: false,
      updateable: false,
      children: 'ContentDocumentLinks',
      cascadeDelete: true,
    }),
    lookup('ContentDocumentId', 'ContentDocument ID', ['ContentDocument'], 'ContentDocument', {
      nillable: false,
      updateable: false,
      children: 'ContentDocumentLinks',
      cascadeDelete: true,
    }),
    readOnly('SystemModstamp', 'System Modstamp', 'datetime', { nillable: false, defaultedOnCreate: true }),
    picklist('ShareType', 'Share Type', ['V', 'C', 'I'], { nillable: false, length: 40, restrictedPicklist: true }),
    picklist('Visibility', 'Visibility', ['AllUsers*', 'InternalUsers', 'SharedUsers'], {
      length: 40,
      restrictedPicklist: true,
    }),
  ],
}
