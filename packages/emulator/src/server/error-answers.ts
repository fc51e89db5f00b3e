import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { type ErrorEntry, RecordError, WireError } from '../errors.ts'

/** Writes any error as Salesforce would: the status and an array of `{message, errorCode, fields?}`. */
export function answerError(error: unknown, reply: FastifyReply): void {
  if (error instanceof WireError) send(reply, error.status, error.entries)
  else if (error instanceof RecordError) send(reply, error.errorCode === 'NOT_FOUND' ? 404 : 400, [error.entry])
  else if (isClientError(error)) send(reply, error.statusCode, [parserError(error)])
  else send(reply, 500, [unexpected(error)])
}

/** Refuses a road that the emulator does not cover, so that nobody takes silence for an answer. */
export function answerUnknownRoad(call: FastifyRequest, reply: FastifyReply): void {
  const message = `The Forcewire emulator does not cover ${call.method} ${call.url.split('?')[0]}; GET /_emulator/ and its README list what it covers`
  send(reply, 501, [{ message, errorCode: 'NOT_IMPLEMENTED' }])
}

function send(reply: FastifyReply, status: number, entries: readonly ErrorEntry[]): void {
  const body = entries.map(({ message, errorCode, fields }) => ({ message, errorCode, ...(fields && { fields }) }))
  reply.code(status).type('application/json;charset=UTF-8').send(JSON.stringify(body))
}

function isClientError(error: unknown): error is FastifyError & { statusCode: number } {
  const status = (error as FastifyError | undefined)?.statusCode
  return status !== undefined && status >= 400 && status < 500
}

function parserError(error: FastifyError): ErrorEntry {
  const errorCode = error.statusCode === 415 ? 'UNSUPPORTED_MEDIA_TYPE' : 'JSON_PARSER_ERROR'
  return { message: error.message, errorCode }
}

function unexpected(error: unknown): ErrorEntry {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { message: `The emulator failed on this request: ${text}`, errorCode: 'UNKNOWN_EXCEPTION' }
}
