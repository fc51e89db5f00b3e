import { checkedId, checkedName, checkedObject, checkedOptions, checkedText, refuse } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import type { ApiRequest, CallOptions, Connection } from '../http/connection.ts'
import { pathOf } from '../http/path.ts'
import type { AnyFields } from '../schema.ts'
import { checkedFields } from '../sobject/record-body.ts'
import { type FileData, openData } from './file-data.ts'
import { multipartRequest, newBoundary } from './multipart.ts'

/** A record one of whose fields holds a file. */
export interface BlobRecord {
  /** API name of the object: `Attachment`, `Document`, `ContentVersion`. */
  readonly object: string
  /** Name of the field that takes the bytes: `Body`, `VersionData`. */
  readonly field: string
  /** The bytes of the file. */
  readonly data: FileData
  /** Bytes of a stream, where they are known: they are sent as the length of the request. */
  readonly size?: number | undefined
  /** The other fields of the record. Not the one that takes the bytes. */
  readonly fields: AnyFields
  /** Default: `file`. Salesforce shows the name that the fields give. */
  readonly fileName?: string | undefined
  /** Default `application/octet-stream`. */
  readonly contentType?: string | undefined
}

const blobRecordNames = ['object', 'field', 'data', 'size', 'fields', 'fileName', 'contentType'] as const

/** Most bytes of one file, and of a file in any other object than ContentVersion. */
const mostBytes = 2 ** 31
const mostBytesElsewhere = 500 * 2 ** 20

/** An upload gets time for 50 bytes a millisecond on top of the wait for its answer. */
const bytesPerMillisecond = 50

/**
 * Creates a record with a file in it, or changes one. Never repeated when nobody knows whether Salesforce saved it.
 *
 * @param id - The record to change; without it one is created.
 * @returns the Id of the record.
 */
export async function saveBlob(
  connection: Connection,
  record: BlobRecord,
  id: string | undefined,
  call: CallOptions,
): Promise<string> {
  const given = checkedOptions('record', record, blobRecordNames)
  const object = checkedName('object', given.object)
  const root = pathOf(`${connection.dataPath}/sobjects`, object)
  const path = id === undefined ? root : pathOf(root, checkedId('id', id))
  const { contentType = 'application/octet-stream', fileName = 'file' } = given
  if (!/^[\w.+-]+\/[\w.+-]+(?:; ?[\w-]+=[\w."'-]+)*$/.test(checkedText('contentType', contentType))) {
    refuse('contentType', "a type of content, such as 'application/pdf'", contentType)
  }
  const settled = {
    name: object === 'ContentVersion' ? 'entity_content' : `entity_${object.toLowerCase()}`,
    fields: checkedFields('fields', checkedObject('fields', given.fields, 'an object of field values')),
    blobField: checkedName('field', given.field),
    fileName: checkedText('fileName', fileName),
    contentType,
    boundary: newBoundary(connection.random),
  }
  // Salesforce does not tell field names apart by case.
  const twice = Object.keys(settled.fields).find((name) => name.toLowerCase() === settled.blobField.toLowerCase())
  if (twice !== undefined) {
    throw new ConfigurationError(`fields must not hold ${twice}, which takes the file; give its content as data.`)
  }
  const data = openData(given.data, given.size)
  try {
    const most = object === 'ContentVersion' ? mostBytes : mostBytesElsewhere
    if (data.size !== undefined && data.size > most) {
      throw new ConfigurationError(
        `data has ${data.size.toLocaleString('en')} bytes; ${object} takes at most ${most.toLocaleString('en')}.`,
      )
    }
    const request: ApiRequest = {
      method: id === undefined ? 'POST' : 'PATCH',
      path,
      ...multipartRequest({ ...settled, data }),
      replay: 'if-unsent',
      moreTime: Math.ceil((data.size ?? most) / bytesPerMillisecond),
    }
    const answer = await connection.json<{ id?: unknown } | null | undefined>(request, call)
    const saved = id ?? answer?.id
    if (typeof saved === 'string') return saved
    throw new ProtocolError(`POST ${path} succeeded without the Id of the record; look it up before you repeat it`)
  } finally {
    data.close()
  }
}
