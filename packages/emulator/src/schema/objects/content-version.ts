import { checkbox, field, lookup, picklist, readOnly, text, textArea } from '../fields.ts'
import { auditFields, identityFields, ownerField } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'
import { LINKED_ENTITIES } from './content-document-link.ts'

const FILLED_IN = { nillable: false, defaultedOnCreate: true } as const

/** ContentVersion after the Object Reference ("ContentVersion"); a version goes when its document goes. */
export const contentVersion: ObjectSchema = {
  name: 'ContentVersion',
  label: 'Content Version',
  labelPlural: 'Content Versions',
  keyPrefix: '068',
  custom: false,
  createable: true,
  updateable: true,
  deletable: false,
  searchable: true,
  fields: [
    ...identityFields('Content Version'),
    lookup('ContentDocumentId', 'ContentDocument ID', ['ContentDocument'], 'ContentDocument', {
      ...FILLED_IN,
      updateable: false,
      children: 'ContentVersions',
      cascadeDelete: true,
    }),
    checkbox('IsLatest', 'Is Latest', { createable: false, updateable: false }),
    readOnly('VersionNumber', 'Version Number', 'string', { length: 20 }),
    text('Title', 'Title', 255, { ...FILLED_IN, nameField: true }),
    textArea('Description', 'Description', 1000),
    textArea('ReasonForChange', 'Reason For Change', 1000),
    picklist('SharingOption', 'Prevent others from sharing and unsharing', ['A*', 'R'], {
      ...FILLED_IN,
      length: 40,
      restrictedPicklist: true,
    }),
    picklist('SharingPrivacy', 'File Privacy on Records', ['N*', 'P'], {
      ...FILLED_IN,
      length: 40,
      restrictedPicklist: true,
    }),
    text('PathOnClient', 'Path On Client', 500, { updateable: false }),
    readOnly('ContentModifiedDate', 'Content Modified Date', 'datetime'),
    ownerField(),
    text('TagCsv', 'Tags', 2000),
    readOnly('FileType', 'File Type', 'string', { length: 20 }),
    readOnly('PublishStatus', 'Publish Status', 'string', { length: 40 }),
    field('VersionData', 'Version Data', 'base64', {
      updateable: false,
      filterable: false,
      sortable: false,
      aggregatable: false,
    }),
    readOnly('ContentSize', 'Size', 'int', { digits: 9 }),
    readOnly('FileExtension', 'File Extension', 'string', { length: 40 }),
    lookup('FirstPublishLocationId', 'First Publish Location ID', LINKED_ENTITIES, 'FirstPublishLocation', {
      updateable: false,
    }),
    picklist('Origin', 'Content Origin', ['C*', 'H'], { ...FILLED_IN, length: 1, updateable: false }),
    picklist('ContentLocation', 'Content Location', ['S*', 'E', 'L'], { ...FILLED_IN, length: 1, updateable: false }),
    readOnly('Checksum', 'Checksum', 'string', { length: 50 }),
    checkbox('IsMajorVersion', 'Major Version', { updateable: false, defaultValue: true }),
    ...auditFields(),
  ],
}
