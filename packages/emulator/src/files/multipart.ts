import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyFileStream, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy'
import type { FastifyRequest, RequestPayload } from 'fastify'
import { type BlobStore, StoredBlob } from '../records/blob-store.ts'
import { readJson } from '../server/json-body.ts'
import { invalidMultipart } from './errors.ts'

/** Largest JSON part: the documented limit for text beside a blob (50 MB). The binary parts have none here. */
const TEXT_LIMIT = 52_428_800

type JsonObject = Record<string, unknown>

interface Parts {
  /** The JSON part; undefined until it has been read. */
  json: string | undefined
  /** The binary parts by name, each written to the store while it comes in. */
  readonly binary: Map<string, Promise<string>>
}

/**
 * A body parser for multipart/form-data (REST API Developer Guide, "Insert or Update Blob Data"): the JSON part is the body,
 * whatever its name, and every binary part becomes the value of the field that it is named after. Bytes go to the store as
 * they arrive. In a body of `records` (sObject Collections) each record names its part by `attributes.binaryPartName`, and
 * the field by `attributes.binaryPartNameAlias`.
 */
export function multipartBody(
  blobs: BlobStore,
): (call: FastifyRequest, payload: RequestPayload) => Promise<JsonObject> {
  return async (call, payload) => {
    const parts: Parts = { json: undefined, binary: new Map() }
    try {
      await pipeline(payload, partsReader(call.headers as BusboyHeaders, blobs, parts))
    } catch (error) {
      await Promise.allSettled(parts.binary.values())
      throw invalidMultipart(`The multipart body could not be read: ${(error as Error).message}`)
    }
    const stored = new Map<string, StoredBlob>()
    for (const [name, key] of parts.binary) stored.set(name, new StoredBlob(await key))
    if (parts.json === undefined) throw invalidMultipart('Multipart message must include a non-binary part')
    if (stored.size === 0) throw invalidMultipart('Multipart message must include a binary part')
    return withBlobs(parseObject(parts.json), stored)
  }
}

function partsReader(headers: BusboyHeaders, blobs: BlobStore, parts: Parts): BusboyInstance {
  const reader = new Busboy({ headers, limits: { fieldSize: TEXT_LIMIT } })
  const open = new Set<BusboyFileStream>()
  reader.on('field', (_name, value) => {
    parts.json ??= value
  })
  reader.on('file', (name, stream) => {
    open.add(stream)
    const stored = blobs.receive(stream).finally(() => open.delete(stream))
    // Whoever reads the parts looks at the outcome later; until then a failure must not count as unhandled.
    stored.catch(() => undefined)
    parts.binary.set(name, stored)
  })
  reader.once('error', (error: Error) => {
    for (const stream of open) stream.destroy(error)
  })
  reader.once('close', () => {
    for (const stream of open) if (!stream.readableEnded) stream.destroy(new Error('The body ended within a part'))
  })
  return reader
}

function parseObject(json: string): JsonObject {
  let value: unknown
  try {
    value = readJson(json)
  } catch (error) {
    throw invalidMultipart(`The non-binary part is no JSON: ${(error as Error).message}`)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  throw invalidMultipart('The non-binary part must be a JSON object')
}

function withBlobs(body: JsonObject, blobs: ReadonlyMap<string, StoredBlob>): JsonObject {
  if (!Array.isArray(body.records)) return { ...body, ...Object.fromEntries(blobs) }
  return { ...body, records: body.records.map((record) => withNamedBlob(record, blobs)) }
}

function withNamedBlob(record: unknown, blobs: ReadonlyMap<string, StoredBlob>): unknown {
  const { binaryPartName, binaryPartNameAlias } = ((record as JsonObject | null)?.attributes ?? {}) as JsonObject
  if (binaryPartName === undefined) return record
  const blob = blobs.get(String(binaryPartName))
  if (!blob) throw invalidMultipart(`The message has no binary part named ${String(binaryPartName)}`)
  return { ...(record as JsonObject), [String(binaryPartNameAlias)]: blob }
}
