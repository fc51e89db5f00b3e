import { blobFacts } from '../records/blob-store.ts'
import type { RecordStore } from '../records/record-store.ts'
import type { StoredRow, StoredValue } from '../schema/types.ts'
import { alreadyLinked, missingContent } from './errors.ts'
import { fileName } from './file-type.ts'

/** Fields of a document that are those of its newest version. */
const SHARED_FIELDS = [
  'Title',
  'Description',
  'ContentSize',
  'FileType',
  'FileExtension',
  'PublishStatus',
  'SharingOption',
  'SharingPrivacy',
  'ContentModifiedDate',
] as const

/**
 * Salesforce Files: what the platform does along with the writes of their three objects (Object Reference,
 * "ContentVersion", "ContentDocument", "ContentDocumentLink"), on whatever road the write comes.
 */
export function addFileTriggers(records: RecordStore): void {
  new FileTriggers(records).install()
}

class FileTriggers {
  readonly #records: RecordStore

  constructor(records: RecordStore) {
    this.#records = records
  }

  install(): void {
    this.#records.addTrigger('ContentVersion', {
      before: (row, previous) => {
        if (!previous) this.#completeVersion(row)
      },
      after: (row, previous) => this.#publish(row, previous),
    })
    this.#records.addTrigger('ContentDocument', { after: (row, previous) => this.#retitle(row, previous) })
    this.#records.addTrigger('ContentDocumentLink', {
      before: (row, previous) => {
        if (!previous) this.#checkLink(row)
      },
    })
  }

  /** Fills in what a new version gets from its bytes, its path and its predecessors; makes the document of a first one. */
  #completeVersion(row: StoredRow): void {
    const missing = ['PathOnClient', 'VersionData'].filter((name) => (row[name] ?? null) === null)
    if (missing.length > 0) throw missingContent(missing)
    const { title, extension, type } = fileName(String(row.PathOnClient))
    const { size, checksum } = blobFacts(String(row.VersionData))
    Object.assign(row, {
      Title: row.Title ?? title,
      ContentSize: size,
      Checksum: checksum,
      FileExtension: extension,
      FileType: type,
      PublishStatus: 'P',
      IsLatest: 1,
      ContentModifiedDate: row.CreatedDate,
      VersionNumber: String(this.#versions(row.ContentDocumentId ?? null).length + 1),
    })
    row.ContentDocumentId ??= this.#records.insert('ContentDocument', documentFields(row), { asSystem: true })
  }

  /** The document follows its newest version; the first one is shared with its owner and the place it is published at. */
  #publish(row: Readonly<StoredRow>, previous: Readonly<StoredRow> | undefined): void {
    if (row.IsLatest !== 1) return
    const documentId = String(row.ContentDocumentId)
    if (!previous) {
      for (const older of this.#versions(documentId)) {
        if (older.Id !== row.Id && older.IsLatest === 1) {
          this.#records.update('ContentVersion', String(older.Id), { IsLatest: 0 }, { asSystem: true })
        }
      }
      for (const entity of new Set([row.OwnerId, row.FirstPublishLocationId])) this.#share(documentId, entity)
    }
    const document = { ...documentFields(row), LatestPublishedVersionId: row.Id ?? null }
    this.#records.update('ContentDocument', documentId, document, { asSystem: true })
  }

  #share(documentId: string, entity: StoredValue | undefined): void {
    if (!entity || this.#links(documentId).some((link) => link.LinkedEntityId === entity)) return
    const link = { ContentDocumentId: documentId, LinkedEntityId: entity, ShareType: 'I' }
    this.#records.insert('ContentDocumentLink', link)
  }

  /** A document that gets another title gives it to its newest version. */
  #retitle(row: Readonly<StoredRow>, previous: Readonly<StoredRow> | undefined): void {
    if (!previous || row.LatestPublishedVersionId === null || row.Title === previous.Title) return
    const version = this.#records.get('ContentVersion', String(row.LatestPublishedVersionId))
    if (version && version.Title !== row.Title) {
      this.#records.update('ContentVersion', String(version.Id), { Title: row.Title ?? null })
    }
  }

  #checkLink(row: Readonly<StoredRow>): void {
    const links = this.#links(String(row.ContentDocumentId))
    if (links.some((link) => link.LinkedEntityId === row.LinkedEntityId)) throw alreadyLinked()
  }

  #versions(documentId: StoredValue): StoredRow[] {
    if (documentId === null) return []
    return this.#records.findBy('ContentVersion', 'ContentDocumentId', documentId)
  }

  #links(documentId: string): StoredRow[] {
    return this.#records.findBy('ContentDocumentLink', 'ContentDocumentId', documentId)
  }
}

function documentFields(version: Readonly<StoredRow>): StoredRow {
  return Object.fromEntries(SHARED_FIELDS.map((name) => [name, version[name] ?? null]))
}
