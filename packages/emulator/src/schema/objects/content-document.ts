import { checkbox, lookup, readOnly, text, textArea } from '../fields.ts'
import { auditFields, identityFields, ownerField } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

/** ContentDocument after the Object Reference ("ContentDocument"): made along with its first version, never by itself. */
export const contentDocument: ObjectSchema = {
  name: 'ContentDocument',
  label: 'Content Document',
  labelPlural: 'Content Documents',
  keyPrefix: '069',
  custom: false,
  createable: false,
  updateable: true,
  deletable: true,
  searchable: true,
  fields: [
    ...identityFields('ContentDocument'),
    checkbox('IsArchived', 'Is Archived', { createable: false }),
    ownerField(),
    text('Title', 'Title', 255, { nillable: false, nameField: true, createable: false }),
    readOnly('PublishStatus', 'Publish Status', 'string', { length: 40 }),
    lookup('LatestPublishedVersionId', 'Latest Published Version ID', ['ContentVersion'], 'LatestPublishedVersion', {
      createable: false,
      updateable: false,
    }),
    textArea('Description', 'Description', 1000, { createable: false }),
    readOnly('ContentSize', 'Size', 'int', { digits: 9 }),
    readOnly('FileType', 'File Type', 'string', { length: 20 }),
    readOnly('FileExtension', 'File Extension', 'string', { length: 40 }),
    readOnly('SharingOption', 'Prevent others from sharing and unsharing', 'string', { length: 40 }),
    readOnly('SharingPrivacy', 'File Privacy on Records', 'string', { length: 40 }),
    readOnly('ContentModifiedDate', 'Content Modified Date', 'datetime'),
    readOnly('LastViewedDate', 'Last Viewed Date', 'datetime'),
    readOnly('LastReferencedDate', 'Last Referenced Date', 'datetime'),
    ...auditFields(),
  ],
}
