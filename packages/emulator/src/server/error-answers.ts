import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { type ErrorEntry, RecordError, WireError } from '../errors.ts'

/** What answers an error: the status and the entries of the body. */
export interface ErrorAnswer {
  readonly status: number
  readonly entries: readonly ErrorEntry[]
}

/** Any error as Salesforce would tell it: an array of `{message, errorCode, fields?}` with its status. */
export function errorAnswer(error: unknown): ErrorAnswer {
  const { status, entries } = statusAndEntries(error)
  const body = entries.map(({ message, errorCode, fields, duplicateResut }) =>
    duplicateResut ? { duplicateResut, errorCode, message } : { message, errorCode, ...(fields && { fields }) },
  )
  return { status, entries: body }
}

/** Writes any error as {@link errorAnswer} tells it. */
export function answerError(error: unknown, reply: FastifyReply): void {
  const { status, entries } = errorAnswer(error)
  reply.code(status).type('application/json;charset=UTF-8').send(JSON.stringify(entries))
}

/** Refuses a road that the emulator does not cover, so that nobody takes silence for an answer. */
export function answerUnknownRoad(call: FastifyRequest, reply: FastifyReply): void {
  answerError(unknownRoad(`${call.method} ${call.url.split('?')[0]}`), reply)
}

/** The refusal of a road that the emulator does not cover: method and path, or what else tells it. */
export function unknownRoad(road: string): WireError {
  const message = `The Forcewire emulator does not cover ${road}; GET /_emulator/ and its README list what it covers`
  return new WireError(501, { message, errorCode: 'NOT_IMPLEMENTED' })
}

function statusAndEntries(error: unknown): ErrorAnswer {
  if (error instanceof WireError) return error
  if (error instanceof RecordError) {
    return { status: error.errorCode === 'NOT_FOUND' ? 404 : 400, entries: error.entries }
  }
  if (isPackingError(error)) return { status: 400, entries: [unpackable(error)] }
  if (isClientError(error)) return { status: error.statusCode, entries: [parserError(error)] }
  return { status: 500, entries: [unexpected(error)] }
}

function isClientError(error: unknown): error is FastifyError & { statusCode: number } {
  const status = (error as FastifyError | undefined)?.statusCode
  return status !== undefined && status >= 400 && status < 500
}

/** True for what zlib says of a body that is no gzip, or not the whole of one. */
function isPackingError(error: unknown): error is Error {
  return error instanceof Error && String((error as NodeJS.ErrnoException).code).startsWith('Z_')
}

/** Salesforce's own words for it are not known. */
function unpackable({ message }: Error): ErrorEntry {
  return { message: `The HTTP entity body could not be unpacked: ${message}`, errorCode: 'BAD_REQUEST' }
}

function parserError(error: FastifyError): ErrorEntry {
  const errorCode = error.statusCode === 415 ? 'UNSUPPORTED_MEDIA_TYPE' : 'JSON_PARSER_ERROR'
  return { message: error.message, errorCode }
}

function unexpected(error: unknown): ErrorEntry {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { message: `The emulator failed on this request: ${text}`, errorCode: 'UNKNOWN_EXCEPTION' }
}
