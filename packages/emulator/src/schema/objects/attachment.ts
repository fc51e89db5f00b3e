import { blobFacts } from '../../records/blob-store.ts'
import { checkbox, field, lookup, readOnly, text, textArea } from '../fields.ts'
import { auditFields, identityFields, ownerField } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

const PARENTS = ['Account', 'Campaign', 'Case', 'Contact', 'Event', 'Lead', 'Opportunity', 'Product2', 'Task'] as const

/** Attachment after the Object Reference ("Attachment"): bytes that belong to a record. */
export const attachment: ObjectSchema = {
  name: 'Attachment',
  label: 'Attachment',
  labelPlural: 'Attachments',
  keyPrefix: '00P',
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: false,
  derive: (row) => ({ BodyLength: row.Body == null ? 0 : blobFacts(String(row.Body)).size }),
  fields: [
    ...identityFields('Attachment'),
    lookup('ParentId', 'Parent ID', PARENTS, 'Parent', {
      children: 'Attachments',
      cascadeDelete: true,
      nillable: false,
      updateable: false,
    }),
    text('Name', 'File Name', 255, { nillable: false, nameField: true }),
    checkbox('IsPrivate', 'Private'),
    text('ContentType', 'Content Type', 120),
    readOnly('BodyLength', 'Body Length', 'int', { digits: 9 }),
    field('Body', 'Body', 'base64', { nillable: false }),
    ownerField(),
    ...auditFields(),
    textArea('Description', 'Description', 500),
  ],
}
