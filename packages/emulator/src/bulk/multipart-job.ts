import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyHeaders } from '@fastify/busboy'
import type { FastifyRequest, RequestPayload } from 'fastify'
import { readJson } from '../server/json-body.ts'
import { bulkError } from './errors.ts'

/** Most characters of data that may come along with the job (Bulk API 2.0 guide, "Process for Creating Bulk API 2.0 Requests"). */
const MAX_CHARACTERS = 100_000

/** A job and its whole data in one request. */
export class MultipartJob {
  /** The part `job`, parsed. */
  readonly order: unknown
  /** The part `content`, CSV. */
  readonly content: string

  constructor(order: unknown, content: string) {
    this.order = order
    this.content = content
  }
}

/**
 * A body parser for the create call that brings its data along: a part `job` with JSON and a part `content` with CSV (Bulk
 * API 2.0 guide, "Bulk Insert with a Multipart Request"). Salesforce's own words for what it refuses are not known.
 */
export async function multipartJob(call: FastifyRequest, payload: RequestPayload): Promise<MultipartJob> {
  const parts = new Map<string, string>()
  const files: Promise<void>[] = []
  try {
    const reader = new Busboy({
      headers: call.headers as BusboyHeaders,
      // One more than allowed tells too much from just enough.
      limits: { fieldSize: 4 * MAX_CHARACTERS + 1, fileSize: 4 * MAX_CHARACTERS + 1, parts: 10 },
    })
    reader.on('field', (name, value) => parts.set(name, value))
    reader.on('file', (name, stream) => {
      const content = text(stream).then((value) => void parts.set(name, value))
      // A body that ends within the part is told by the pipeline; that it fails too must not count as unhandled.
      content.catch(() => {})
      files.push(content)
    })
    await pipeline(payload, reader)
    await Promise.all(files)
  } catch (error) {
    throw bulkError('INVALIDJOB', `InvalidJob : The multipart body could not be read: ${(error as Error).message}`)
  }
  return new MultipartJob(parsedJob(parts.get('job')), checkedContent(parts.get('content')))
}

function parsedJob(json: string | undefined): unknown {
  if (json === undefined) throw bulkError('INVALIDJOB', 'InvalidJob : The multipart body has no part named job')
  try {
    return readJson(json)
  } catch (error) {
    throw bulkError('INVALIDJOB', `InvalidJob : The part named job is no JSON: ${(error as Error).message}`)
  }
}

function checkedContent(content: string | undefined): string {
  if (content === undefined) throw bulkError('INVALIDJOB', 'InvalidJob : The multipart body has no part named content')
  if (content.length <= MAX_CHARACTERS) return content
  const message = `InvalidJob : The part named content has more than ${MAX_CHARACTERS} characters; upload it with a PUT`
  throw bulkError('INVALIDJOB', message)
}
