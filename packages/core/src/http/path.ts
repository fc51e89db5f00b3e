import { checkedObject, refuse } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { ApiRequest } from './connection.ts'

/**
 * Joins parts to a path and percent-encodes each of them, so that an external id such as `a/b?c#d` stays one part.
 *
 * @throws ConfigurationError for an empty part (the path would mean another resource) and for `.` and `..`, which
 * every URL parser resolves away however they are written.
 */
export function pathOf(base: string, ...parts: readonly string[]): string {
  let path = base
  for (const part of parts) {
    if (part === '' || part === '.' || part === '..') {
      throw new ConfigurationError(`'${part}' cannot be part of a path; give a name, an Id or a key value.`)
    }
    path += `/${percentEncoded(part)}`
  }
  return path
}

/** Writes query parameters behind a path; `undefined` values are left out. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | boolean | undefined>> | undefined,
): string {
  if (query === undefined) return path
  let address = path
  let separator = path.includes('?') ? '&' : '?'
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    address += `${separator}${percentEncoded(name)}=${percentEncoded(String(value))}`
    separator = '&'
  }
  return address
}

/** Query parameters by name, as `withQuery` takes them; anything else would be sent as a word. */
export function checkedQuery(option: string, query: unknown): ApiRequest['query'] {
  if (query === undefined) return undefined
  const given = checkedObject(option, query, 'an object of values by parameter name')
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value))
      continue
    refuse(`${option}['${name}']`, 'a text, a finite number, true or false', value)
  }
  return given as ApiRequest['query']
}

/** @throws ConfigurationError for half a character, which has no encoding. */
function percentEncoded(text: string): string {
  if (text.isWellFormed()) return encodeURIComponent(text)
  throw new ConfigurationError(
    'A name, a key or a parameter holds half a character (a lone surrogate); it cannot be sent.',
  )
}
