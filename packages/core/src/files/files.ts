import { checkedId, checkedOptions } from '../check.ts'
import type { SaveResult } from '../errors/partial-failure-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { letGo } from '../http/body.ts'
import { checkedCall } from '../http/call-options.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import { query } from '../query/query.ts'
import type { RecordStream } from '../record-stream.ts'
import { SObject } from '../sobject/sobject.ts'
import { type BlobRecord, saveBlob } from './blob-record.ts'
import type { FileDownload, FileLink, FileUpload, FileVersion, LinkOptions, UploadedFile } from './file.ts'
import { type LinkFilter, listLinks, sharingFields } from './links.ts'
import { uploadFile } from './upload.ts'

/** What to download: a version by its Id, or the newest version of a file. */
export type FileAddress = string | { readonly contentDocumentId: string }

/**
 * Salesforce Files (`ContentDocument`, `ContentVersion`, `ContentDocumentLink`) and other fields that hold files. Files
 * of up to 2 GB go up and down as streams; nothing is kept in memory whole.
 */
export interface Files {
  /**
   * Uploads a file, or a new version of one, and links it to records. Never repeated when nobody knows whether
   * Salesforce saved it. Without a `timeout` it gets two minutes and a second more for each 50,000 bytes.
   *
   * @throws ApiError when Salesforce refuses the file: nothing was saved.
   * @throws PartialFailureError when the file was saved, but a link was refused or a later call failed; the only one of
   * its `results` is the {@link UploadedFile} so far.
   * @example
   * ```ts
   * const file = await salesforce.files.upload({
   *   pathOnClient: 'contract.pdf',
   *   data: await openAsBlob('contract.pdf'),
   *   linkTo: accountId,
   * })
   * ```
   */
  upload(upload: FileUpload, call?: CallOptions): Promise<UploadedFile>
  /**
   * Downloads a version, or the newest version of a file. Salesforce does not say what a version holds, so an HTML
   * answer may be the page of a proxy: then the version is asked for its size and its type.
   *
   * @throws NotFoundError when there is none; ProtocolError for a page that is not the file.
   */
  download(file: FileAddress, call?: CallOptions): Promise<FileDownload>
  /** The versions of a file, newest first. */
  versions(contentDocumentId: string, call?: CallOptions): RecordStream<FileVersion>
  /** Links a file to a record, a user, a group or a library. */
  link(
    contentDocumentId: string,
    recordId: string,
    options?: LinkOptions & CallOptions,
  ): Promise<SaveResult & { readonly id: string }>
  /** The links of a file, or those of a record, which are its files. */
  links(filter: LinkFilter, call?: CallOptions): RecordStream<FileLink>
  /** Creates a record of any object with a file in one of its fields: `Attachment`, `Document`, ... */
  insertBlob(record: BlobRecord, call?: CallOptions): Promise<SaveResult & { readonly id: string }>
  /** Replaces the file in a field of a record, and changes the fields given with it. */
  updateBlob(id: string, record: BlobRecord, call?: CallOptions): Promise<void>
}

/** Makes the files part of a client. */
export function createFiles(connection: Connection): Files {
  return {
    upload: async (upload, call) => uploadFile(connection, upload, checkedCall(call, 'upload')),
    download: async (file, call) => {
      const checked = checkedCall(call, 'download')
      return download(connection, await versionOf(connection, file, checked), checked)
    },
    versions: (contentDocumentId, call) => {
      const soql = `SELECT ${versionFields.join(', ')} FROM ContentVersion WHERE ContentDocumentId = '${checkedId('contentDocumentId', contentDocumentId)}' ORDER BY CreatedDate DESC`
      return query<FileVersion>(connection, soql, {}, call)
    },
    link: async (contentDocumentId, recordId, options) => {
      const { shareType, visibility, ...call } = checkedCall(options, 'link', ['shareType', 'visibility'])
      const link = {
        ContentDocumentId: checkedId('contentDocumentId', contentDocumentId),
        LinkedEntityId: checkedId('recordId', recordId),
        ...sharingFields({ shareType, visibility }),
      }
      return new SObject(connection, 'ContentDocumentLink').create(link, call)
    },
    links: (filter, call) => listLinks(connection, filter, call),
    insertBlob: async (record, call) => {
      return {
        id: await saveBlob(connection, record, undefined, checkedCall(call, 'insertBlob')),
        success: true,
        created: true,
        errors: [],
      }
    },
    updateBlob: async (id, record, call) => {
      await saveBlob(connection, record, checkedId('id', id), checkedCall(call, 'updateBlob'))
    },
  }
}

const versionFields: readonly (keyof FileVersion)[] = [
  'Id',
  'ContentDocumentId',
  'VersionNumber',
  'IsLatest',
  'Title',
  'PathOnClient',
  'FileExtension',
  'FileType',
  'ContentSize',
  'Description',
  'ReasonForChange',
  'CreatedDate',
  'CreatedById',
]

async function versionOf(connection: Connection, file: FileAddress, call: CallOptions): Promise<string> {
  if (typeof file === 'string') return checkedId('The Id of the version', file)
  const { contentDocumentId } = checkedOptions('download', file, ['contentDocumentId'])
  const documents = new SObject<{ LatestPublishedVersionId: string | null }>(connection, 'ContentDocument')
  const id = checkedId('contentDocumentId', contentDocumentId)
  const { LatestPublishedVersionId } = await documents.get(id, { ...call, fields: ['LatestPublishedVersionId'] })
  if (LatestPublishedVersionId) return LatestPublishedVersionId
  throw new ProtocolError(`The file ${id} has no published version.`)
}

async function download(connection: Connection, versionId: string, call: CallOptions): Promise<FileDownload> {
  const versions = new SObject<FileVersion & { VersionData: string }>(connection, 'ContentVersion')
  const content = await versions.blob(versionId, 'VersionData', call)
  if (!/^(?:text\/html|application\/xhtml)/i.test(content.contentType ?? '')) return { versionId, ...content }
  try {
    const { ContentSize, FileExtension } = await versions.get(versionId, {
      ...call,
      fields: ['ContentSize', 'FileExtension'],
    })
    const isPage = /^x?html?$/i.test(FileExtension ?? '')
    if (content.length === undefined ? isPage : content.length === ContentSize) return { versionId, ...content }
  } catch (error) {
    await letGo(content.body)
    throw error
  }
  await letGo(content.body)
  throw new ProtocolError(
    `The download of ${versionId} succeeded with a page that is not the file; a proxy or a login page may sit in between`,
  )
}
