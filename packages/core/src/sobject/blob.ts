import { checkedName } from '../check.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { checkedCall } from '../http/call-options.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import { pathOf } from '../http/path.ts'
import { recordId } from './record-key.ts'

/** The content of a binary field. */
export interface BlobContent {
  /** The bytes as they arrive. Read them, or leave a loop over them, so that the connection is free again. */
  readonly body: AsyncIterable<Uint8Array>
  /** As Salesforce tells it: `image/png`, `application/octet-stream`. */
  readonly contentType?: string
  /** Number of bytes, where Salesforce tells it. */
  readonly length?: number
}

/**
 * Reads a binary field of a record; see `SObject.blob`. The record says what the content is, an Attachment in its own
 * ContentType, so that a page of a proxy cannot be told from a file that is one.
 */
export async function readBlob(
  connection: Connection,
  objectPath: string,
  id: string,
  field: string,
  call: CallOptions | undefined,
): Promise<BlobContent> {
  const path = pathOf(objectPath, recordId(id), checkedName('The name of the field', field))
  const callOptions = checkedCall(call, 'blob')
  // Compressed on its way the length would be another one, and files mostly are compressed already.
  const accept = { accept: '*/*', 'accept-encoding': 'identity' }
  const { status, headers, body } = await connection.stream(
    { method: 'GET', path, headers: accept, replay: 'always' },
    callOptions,
  )
  if (status !== 200) throw new ProtocolError(`GET ${path} succeeded without the content of the field (${status})`)
  const { 'content-type': contentType, 'content-length': length, 'content-encoding': encoding } = headers
  return {
    body,
    ...(contentType === undefined ? {} : { contentType }),
    // The length of a compressed body is not that of its content.
    ...(length === undefined || encoding !== undefined ? {} : { length: Number(length) }),
  }
}
