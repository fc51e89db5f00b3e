import { checkedId, checkedList, checkedObject, checkedOptions, checkedText } from '../check.ts'
import { Collections } from '../collections/collections.ts'
import { ApiError } from '../errors/api-error.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { PartialFailureError, type SaveResult } from '../errors/partial-failure-error.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import { expectedText } from '../http/expected.ts'
import { checkedFields, type RecordFields } from '../sobject/record-body.ts'
import { SObject } from '../sobject/sobject.ts'
import { saveBlob } from './blob-record.ts'
import type { FileUpload, UploadedFile } from './file.ts'
import { sharingFields } from './links.ts'

const uploadNames = [
  'pathOnClient',
  'data',
  'size',
  'title',
  'description',
  'contentType',
  'contentDocumentId',
  'reasonForChange',
  'linkTo',
  'shareType',
  'visibility',
  'fields',
] as const

/** Uploads a file and links it; see `Files.upload`. */
export async function uploadFile(connection: Connection, upload: FileUpload, call: CallOptions): Promise<UploadedFile> {
  const given = checkedOptions('upload', upload, uploadNames)
  const { data, size, contentType, contentDocumentId } = given
  const recordIds = recordIdsOf(given.linkTo)
  const sharing = sharingFields(given)
  const asUsual = given.shareType === undefined && given.visibility === undefined
  if (!asUsual && recordIds.length === 0) {
    throw new ConfigurationError('shareType and visibility say how records get the file; name the records in linkTo.')
  }
  // Salesforce makes one plain link of a new file by itself.
  const free = asUsual && contentDocumentId === undefined ? recordIds[0] : undefined
  const fileName = checkedText('pathOnClient', given.pathOnClient)
  const fields = { ...versionFields(given), ...(free === undefined ? {} : { FirstPublishLocationId: free }) }
  const record = { object: 'ContentVersion', field: 'VersionData', data, size, fields, fileName, contentType }
  const id = await saveBlob(connection, record, undefined, call)

  let file: UploadedFile = { id, links: [] }
  try {
    const documentId = contentDocumentId ?? (await documentOf(connection, id, call))
    file = { id, contentDocumentId: documentId, links: [] }
    const made: SaveResult[] = free === undefined ? [] : [{ success: true, created: true, errors: [] }]
    const rows = recordIds
      .slice(made.length)
      .map((recordId) => ({ ContentDocumentId: documentId, LinkedEntityId: recordId, ...sharing }))
    if (rows.length > 0) made.push(...(await new Collections(connection, 'ContentDocumentLink').create(rows, call)))
    file = { ...file, links: made }
  } catch (error) {
    throw unfinished(connection, file, error, call)
  }
  const refused = file.links.filter(({ success }) => !success)
  if (refused.length === 0) return file
  const [{ errors }] = refused as [SaveResult]
  throw stopped(file, `${refused.length} of ${file.links.length} links were refused: ${errors[0]?.message ?? ''}`)
}

function versionFields(given: FileUpload): RecordFields {
  const { title, description, contentDocumentId, reasonForChange, fields } = given
  const optional = {
    Title: title === undefined ? undefined : checkedText('title', title),
    Description: description === undefined ? undefined : checkedText('description', description),
    ContentDocumentId: contentDocumentId === undefined ? undefined : checkedId('contentDocumentId', contentDocumentId),
    ReasonForChange: reasonForChange === undefined ? undefined : checkedText('reasonForChange', reasonForChange),
  }
  const others =
    fields === undefined ? {} : checkedFields('fields', checkedObject('fields', fields, 'an object of field values'))
  return { ...others, PathOnClient: given.pathOnClient, ...optional }
}

function recordIdsOf(linkTo: FileUpload['linkTo']): readonly string[] {
  if (linkTo === undefined) return []
  if (typeof linkTo === 'string') return [checkedId('linkTo', linkTo)]
  return checkedList<unknown>('linkTo', linkTo, 'Ids').map((id, index) => checkedId(`linkTo[${index}]`, id))
}

async function documentOf(connection: Connection, versionId: string, call: CallOptions): Promise<string> {
  const versions = new SObject<{ ContentDocumentId: string }>(connection, 'ContentVersion')
  const version = await versions.get(versionId, { ...call, fields: ['ContentDocumentId'] })
  return expectedText('The version of the file', version, 'ContentDocumentId')
}

/** The file is at Salesforce; whatever comes after must not make its Id unknown. */
function unfinished(connection: Connection, file: UploadedFile, error: unknown, call: CallOptions): unknown {
  const reason = error instanceof Error ? error.message : String(error)
  if (!call.signal?.aborted) return stopped(file, reason, error)
  connection.warn(`An upload was aborted after the file was saved as ContentVersion ${file.id}.`)
  return error
}

function stopped(file: UploadedFile, reason: string, cause?: unknown): PartialFailureError<UploadedFile> {
  const errors = cause instanceof ApiError ? cause.errors : file.links.flatMap((link) => link.errors)
  const message = `The file was saved as ContentVersion ${file.id}, but what followed failed: ${reason}`
  return new PartialFailureError<UploadedFile>(message, { results: [{ ...file, ...{ errors } }], cause })
}
