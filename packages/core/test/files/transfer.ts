/**
 * A process that moves one file between itself and a server, and prints what it took:
 * `node transfer.ts <way> <bytes> <url>`.
 *
 * @module
 */
import { accessToken, Salesforce } from '@forcewire/core'
import { documentId } from './sink.ts'

/** How the bytes go. */
export type Way = 'upload' | 'upload of a stream' | 'download' | 'requestStream'

/** What a transfer prints, as JSON. */
export interface Transferred {
  readonly bytes: number
  /** Most memory that the process ever held. */
  readonly peakMegabytes: number
}

const chunk = new Uint8Array(1 << 16)

async function* bytes(size: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let left = size; left > 0; left -= chunk.byteLength) yield chunk.subarray(0, Math.min(left, chunk.byteLength))
}

async function count(body: AsyncIterable<Uint8Array>): Promise<number> {
  let counted = 0
  for await (const { byteLength } of body) counted += byteLength
  return counted
}

async function move(salesforce: Salesforce, way: Way, size: number): Promise<number> {
  if (way === 'download') return await count((await salesforce.files.download({ contentDocumentId: documentId })).body)
  if (way === 'requestStream')
    return await count((await salesforce.requestStream({ path: 'sobjects/Attachment/00P000000000001AAA/Body' })).body)
  const upload = { pathOnClient: 'big.bin', contentDocumentId: documentId }
  await salesforce.files.upload(
    way === 'upload' ? { ...upload, data: () => bytes(size), size } : { ...upload, data: bytes(size) },
  )
  return size
}

const [, , way, size, url] = process.argv
await using salesforce = new Salesforce({ auth: accessToken({ accessToken: 'T', instanceUrl: String(url) }) })
const moved: Transferred = {
  bytes: await move(salesforce, way as Way, Number(size)),
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
}
console.log(JSON.stringify(moved))
