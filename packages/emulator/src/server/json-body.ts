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
  if (isTooDeep(value)) {
    const message = `Document nesting depth exceeds the maximum allowed (${MAX_DEPTH})`
    done(new WireError(400, { message, errorCode: 'JSON_PARSER_ERROR' }))
    return
  }
  done(null, value)
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
