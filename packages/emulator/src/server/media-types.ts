import { finished } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { WireError } from '../errors.ts'

/**
 * Makes the roads of a server take no body but JSON and what they add a parser for: forms and text are 415, as is a body that
 * does not say what it is.
 */
export function refuseOtherMediaTypes(server: FastifyInstance): void {
  server.removeContentTypeParser(['text/plain', 'application/x-www-form-urlencoded'])
  server.addContentTypeParser('*', (call, payload, parsed) => {
    if (hasBody(call)) parsed(unsupported('Content-Type', String(call.headers['content-type'] ?? '')))
    else finished(payload.resume(), () => parsed(null))
  })
}

/** 415 for a body that is packed in a way that Salesforce does not know; its own words for it are not known. */
export function unsupportedEncoding(encoding: string): WireError {
  return unsupported('Content-Encoding', encoding)
}

/** True for a call that brings a body, which may be empty where its length is not told. */
export function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function unsupported(header: string, value: string): WireError {
  return new WireError(415, {
    errorCode: 'UNSUPPORTED_MEDIA_TYPE',
    message: `${header} header specified in HTTP request is not supported: ${value}`,
  })
}
