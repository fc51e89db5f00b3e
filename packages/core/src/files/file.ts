import type { SaveResult } from '../errors/partial-failure-error.ts'
import type { AnyFields } from '../schema.ts'
import type { BlobContent } from '../sobject/blob.ts'
import type { FileData } from './file-data.ts'

/** Who may do what with a file on a record: `V` view, `C` collaborate, `I` as the record says. */
export type ShareType = 'V' | 'C' | 'I'

/** Which users see a file on a record. */
export type FileVisibility = 'AllUsers' | 'InternalUsers' | 'SharedUsers'

/** Options of a link between a file and a record. */
export interface LinkOptions {
  /** Default `V`; for the first link of a new file, which Salesforce makes with the file, its own. */
  readonly shareType?: ShareType | undefined
  /** Default: Salesforce's own for the record. */
  readonly visibility?: FileVisibility | undefined
}

/** A file to upload. */
export interface FileUpload extends LinkOptions {
  /** Name of the file with its ending, from which Salesforce takes the type: `contract.pdf`. */
  readonly pathOnClient: string
  /** The bytes of the file. */
  readonly data: FileData
  /** Bytes of a stream, where they are known: they are sent as the length of the request. */
  readonly size?: number | undefined
  /** Default: Salesforce's own, the name of the file without its ending. */
  readonly title?: string | undefined
  /** What people read about it. */
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
  readonly fields?: AnyFields | undefined
}

/** A file that was uploaded. */
export interface UploadedFile {
  /** Id of the `ContentVersion`. */
  readonly id: string
  /** Id of the `ContentDocument`; absent only in the error of an upload that was not finished. */
  readonly contentDocumentId?: string
  /** What became of the links that were asked for, in order. The Id of the first link of a new file is not told. */
  readonly links: readonly SaveResult[]
}

/** One version of a file (`ContentVersion`). */
export interface FileVersion {
  /** Id of the version. */
  readonly Id: string
  /** Id of the file. */
  readonly ContentDocumentId: string
  /** `1`, `2`, ... */
  readonly VersionNumber: string
  /** Whether there is no newer version. */
  readonly IsLatest: boolean
  /** Name to show to people. */
  readonly Title: string
  /** Name of the file as it was uploaded. */
  readonly PathOnClient: string | null
  /** Ending of that name, without the dot. */
  readonly FileExtension: string | null
  /** `PDF`, `WORD_X`, ... */
  readonly FileType: string
  /** Bytes. */
  readonly ContentSize: number
  /** What people read about it. */
  readonly Description: string | null
  /** Why there is this version. */
  readonly ReasonForChange: string | null
  /** When it was uploaded. */
  readonly CreatedDate: string
  /** Id of the user who uploaded it. */
  readonly CreatedById: string
}

/** A link between a file and a record (`ContentDocumentLink`). */
export interface FileLink {
  /** Id of the link. */
  readonly Id: string
  /** Id of the file. */
  readonly ContentDocumentId: string
  /** Id of the record, user, group or library. */
  readonly LinkedEntityId: string
  /** Who may do what with the file there. */
  readonly ShareType: ShareType
  /** Which users see the file there. */
  readonly Visibility: FileVisibility
}

/** A file on its way down. */
export interface FileDownload extends BlobContent {
  /** Id of the `ContentVersion`. */
  readonly versionId: string
}
