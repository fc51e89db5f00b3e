import { blobFacts } from '../../records/blob-store.ts'
import { checkbox, field, lookup, readOnly, text } from '../fields.ts'
import { auditFields, identityFields, viewFields } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

/** Document after the Object Reference ("Document"). The org has no folders but those of its users. */
export const document: ObjectSchema = {
  name: 'Document',
  label: 'Document',
  labelPlural: 'Documents',
  keyPrefix: '015',
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: true,
  derive: (row) => ({ BodyLength: row.Body == null ? 0 : blobFacts(String(row.Body)).size }),
  fields: [
    ...identityFields('Document'),
    lookup('FolderId', 'Folder ID', ['User'], 'Folder', { nillable: false }),
    text('Name', 'Document Name', 255, { nillable: false, nameField: true }),
    text('DeveloperName', 'Document Unique Name', 80),
    text('ContentType', 'MIME Type', 120),
    text('Type', 'File Extension', 40),
    checkbox('IsPublic', 'Externally Available'),
    readOnly('BodyLength', 'Body Length', 'int', { digits: 9 }),
    field('Body', 'Body', 'base64'),
    field('Url', 'Url', 'url', { length: 1000 }),
    text('Description', 'Description', 255),
    text('Keywords', 'Keywords', 255),
    checkbox('IsInternalUseOnly', 'Internal Use Only'),
    lookup('AuthorId', 'Author ID', ['User'], 'Author'),
    ...auditFields(),
    checkbox('IsBodySearchable', 'Document Content Searchable', { createable: false, updateable: false }),
    ...viewFields(),
  ],
}
