import { checkedChoice, checkedId, checkedOptions } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import { query } from '../query/query.ts'
import type { RecordStream } from '../record-stream.ts'
import type { RecordFields } from '../sobject/record-body.ts'
import type { FileLink, LinkOptions } from './file.ts'

/** Whose links to list: those of a file, or those of a record. Salesforce lists no others. */
export type LinkFilter = { readonly contentDocumentId: string } | { readonly recordId: string }

/** The fields that say how a `ContentDocumentLink` shares its file. */
export function sharingFields({ shareType = 'V', visibility }: LinkOptions): RecordFields {
  const visible = ['AllUsers', 'InternalUsers', 'SharedUsers'] as const
  return {
    ShareType: checkedChoice('shareType', shareType, ['V', 'C', 'I']),
    ...(visibility !== undefined && { Visibility: checkedChoice('visibility', visibility, visible) }),
  }
}

/** Lists links; see `Files.links`. */
export function listLinks(connection: Connection, filter: LinkFilter, call?: CallOptions): RecordStream<FileLink> {
  const given: { readonly contentDocumentId?: string; readonly recordId?: string } = checkedOptions<{
    readonly contentDocumentId?: string
    readonly recordId?: string
  }>('links', filter, ['contentDocumentId', 'recordId'])
  const { contentDocumentId, recordId } = given
  if ((contentDocumentId === undefined) === (recordId === undefined)) {
    throw new ConfigurationError('links needs either a contentDocumentId or a recordId.')
  }
  const where =
    contentDocumentId === undefined
      ? `LinkedEntityId = '${checkedId('recordId', recordId)}'`
      : `ContentDocumentId = '${checkedId('contentDocumentId', contentDocumentId)}'`
  const soql = `SELECT Id, ContentDocumentId, LinkedEntityId, ShareType, Visibility FROM ContentDocumentLink WHERE ${where}`
  return query<FileLink>(connection, soql, {}, call)
}
