import type { ApiRequest } from '../http/connection.ts'
import type { OpenedData } from './file-data.ts'

/** What a multipart body is made of. */
export interface Multipart {
  /** Name of the JSON part: `entity_content`. */
  readonly name: string
  /** The fields of the record. */
  readonly fields: object
  /** Name of the field that takes the bytes: `VersionData`. */
  readonly blobField: string
  readonly fileName: string
  readonly contentType: string
  readonly data: OpenedData
  /** Must not occur in the data. */
  readonly boundary: string
}

/**
 * A record and the bytes of one of its fields as one request ("Insert or Update Blob Data" of the REST API guide): the
 * JSON part first and without a file name, or Salesforce does not find it. Streamed: the data is pulled as the network
 * takes it. With a known size the request has a length, without one it is chunked.
 */
export function multipartRequest(multipart: Multipart): Required<Pick<ApiRequest, 'headers' | 'body'>> {
  const { boundary, data } = multipart
  const encoder = new TextEncoder()
  const head = encoder.encode(headOf(multipart))
  const tail = encoder.encode(`\r\n--${boundary}--\r\n`)
  async function* parts(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    yield head
    yield* bytes
    yield tail
  }
  const length = data.size === undefined ? {} : { 'content-length': String(head.length + data.size + tail.length) }
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, ...length },
    body: () => parts(data.open()),
  }
}

/** Only ASCII: the character set of the parts cannot be misread then. The real name of the file is in the JSON. */
function headOf({ name, fields, blobField, fileName, contentType, boundary }: Multipart): string {
  return [
    `--${boundary}`,
    `Content-Disposition: form-data; name="${name}"`,
    'Content-Type: application/json',
    '',
    JSON.stringify(fields).replace(/[\u007f-\uffff]/g, escaped),
    `--${boundary}`,
    `Content-Disposition: form-data; name="${blobField}"; filename="${fileName.replace(/[^ -~]|["\\]/g, '_')}"`,
    `Content-Type: ${contentType}`,
    '',
    '',
  ].join('\r\n')
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** A boundary that no file holds by chance. */
export function newBoundary(random: () => number): string {
  const part = (): string => Math.floor(random() * 2 ** 32).toString(36)
  return `forcewire-${part()}${part()}${part()}${part()}`
}
