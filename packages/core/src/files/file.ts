import type { SaveResult } from '../errors/partial-failure-error.ts'
import type { RecordFields } from '../sobject/record-body.ts'
import type { FileData } from './file-data.ts'

/** Who may do what with a file on a record: `V` view, `C` collaborate, `I` as the record says. */
export type ShareType = 'V' | 'C' | 'I'

/** Which users see a file on a record. */
export type FileVisibility = 'AllUsers' | 'InternalUsers' | 'SharedUsers'

/** Options of a link between a file and a record. */
export interface LinkOptions {
  /** Default `V`. */
  readonly shareType?: ShareType | undefined
  /** Default: Salesforce's own for the record. */
  readonly visibility?: FileVisibility | undefined
}

/** A file to upload. */
export interface FileUpload extends LinkOptions {
  /** Name of the file with its ending, from which Salesforce takes the type: `contract.pdf`. */
  readonly pathOnClient: string
  readonly data: FileData
  /** Bytes of a stream, where they are known: they are sent as the length of the request. */
  readonly size?: number | undefined
  /** Default: Salesforce's own, the name of the file without its ending. */
  readonly title?: string | undefined
  readonly description?: string | undefined
  /** Default `application/octet-stream`. */
  readonly contentType?: string | undefined
  /** Makes the upload a new version of this file. */
  readonly contentDocumentId?: string | undefined
  /** Why there is a new version. */
  readonly reasonForChange?: string | undefined
  /** Records, users, groups or libraries that get the file. */
  readonly linkTo?: string | readonly string[] | undefined
  /** Other fields of `ContentVersion`, custom ones for instance. */
  readonly fields?: RecordFields | undefined
}

/** A file that was uploaded. */
export interface UploadedFile {
  /** Id of the `ContentVersion`. */
  readonly id: string
  /** Id of the `ContentDocument`; absent only in the error of an upload that was not finished. */
  readonly contentDocumentId?: string
  /** What became of the links that were asked for, in order. */
  readonly links: readonly SaveResult[]
}

/** One version of a file (`ContentVersion`). */
export interface FileVersion {
  readonly Id: string
  readonly ContentDocumentId: string
  /** `1`, `2`, ... */
  readonly VersionNumber: string
  readonly IsLatest: boolean
  readonly Title: string
  readonly PathOnClient: string | null
  readonly FileExtension: string | null
  /** `PDF`, `WORD_X`, ... */
  readonly FileType: string
  /** Bytes. */
  readonly ContentSize: number
  readonly Description: string | null
  readonly ReasonForChange: string | null
  readonly CreatedDate: string
  readonly CreatedById: string
}

/** A link between a file and a record (`ContentDocumentLink`). */
export interface FileLink {
  readonly Id: string
  readonly ContentDocumentId: string
  readonly LinkedEntityId: string
  readonly ShareType: ShareType
  readonly Visibility: FileVisibility
}

/** A file on its way down. */
export interface FileDownload {
  /** Id of the `ContentVersion`. */
  readonly versionId: string
  /** The bytes; consumed once. Leaving the loop early ends the download. */
  readonly body: AsyncIterable<Uint8Array>
  readonly contentType: string | undefined
  /** Bytes, where Salesforce says so. */
  readonly length: number | undefined
}
