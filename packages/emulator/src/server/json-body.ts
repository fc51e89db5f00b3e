import type { FastifyRequest } from 'fastify'
import { WireError } from '../errors.ts'

/** Reads a JSON body; an empty one is no body, as clients send `Content-Type: application/json` even with DELETE. */
export function parseJson(
  _call: FastifyRequest,
  body: string | Buffer,
  done: (error: Error | null, value?: unknown) => void,
): void {
  const text = String(body)
  if (text.trim() === '') {
    done(null, undefined)
    return
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    done(new WireError(400, { message, errorCode: 'JSON_PARSER_ERROR' }))
    return
  }
  done(null, value)
}
