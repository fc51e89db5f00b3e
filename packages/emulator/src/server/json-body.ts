import type { FastifyRequest } from 'fastify'
import { WireError } from '../errors.ts'

/** Reads a JSON body; an empty one is no body, as clients send `Content-Type: application/json` even with DELETE. */
export function parseJson(
  _call: FastifyRequest,
  body: string | Buffer,
  done: (error: Error | null, value?: unknown) => void,
): void {
  try {
    const text = textOf(body)
    done(null, text.trim() === '' ? undefined : readJson(text))
  } catch (error) {
    done(error as WireError)
  }
}

/** The value of a JSON text; one that is no JSON, or is nested too deep, is refused with a {@link WireError}. */
export function readJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw unreadable((error as Error).message)
  }
  if (isTooDeep(value)) throw unreadable(`Document nesting depth exceeds the maximum allowed (${MAX_DEPTH})`)
  return value
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** JSON is UTF-8 (RFC 8259, 8.1), and what is not would be other text than was meant. */
function textOf(body: string | Buffer): string {
  try {
    return typeof body === 'string' ? body : UTF8.decode(body)
  } catch {
    throw unreadable('Invalid UTF-8 in the HTTP entity body')
  }
}

function unreadable(message: string): WireError {
  return new WireError(400, { message, errorCode: 'JSON_PARSER_ERROR' })
}

/** As deep as Jackson reads, the parser whose words JSON_PARSER_ERROR carries (`StreamReadConstraints`). */
const MAX_DEPTH = 1000

function isTooDeep(value: unknown): boolean {
  let level = typeof value === 'object' && value ? [value as unknown] : []
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true
    const below: unknown[] = []
    for (const container of level) {
      for (const entry of Object.values(container as object)) if (typeof entry === 'object' && entry) below.push(entry)
    }
    level = below
  }
  return false
}
