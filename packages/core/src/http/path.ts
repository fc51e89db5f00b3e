import { checkedCharacters, checkedObject, checkedText, refuse, wordOrKind } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { ApiRequest } from './connection.ts'

/**
 * Joins parts to a path and percent-encodes each of them, so that an external id such as `a/b?c#d` stays one part. Parts
 * that are neither names nor Ids are checked by {@link checkedPathPart} where they have a name.
 */
export function pathOf(base: string, ...parts: readonly string[]): string {
  return parts.reduce(
    (path, part) => `${path}/${encodeURIComponent(checkedPathPart('A part of the path', part))}`,
    base,
  )
}

/**
 * A text that can be one part of a path: no empty one (the path would mean another resource), and neither `.` nor `..`,
 * which every URL parser resolves away however they are written.
 */
export function checkedPathPart(option: string, value: unknown): string {
  const text = checkedText(option, value)
  if (text !== '.' && text !== '..') return text
  throw new ConfigurationError(`${option} must be a text other than ${wordOrKind(text)}, which no address can hold.`)
}

/** Whether a part of a path is `.` or `..`, so that it would be resolved to another one. */
export function hasDotSegment(path: string): boolean {
  return path
    .replace(/[?#].*$/s, '')
    .split(/[/\\]/)
    .some((part) => /^(?:\.|%2e){1,2}$/i.test(part))
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
    address += `${separator}${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`
    separator = '&'
  }
  return address
}

/** Query parameters by name, as `withQuery` takes them; anything else would be sent as a word. */
export function checkedQuery(option: string, query: unknown): ApiRequest['query'] {
  if (query === undefined) return undefined
  const given = checkedObject(option, query, 'an object of values by parameter name')
  for (const [name, value] of Object.entries(given)) {
    const own = `${option}['${checkedCharacters(`A name in ${option}`, name)}']`
    if (typeof value === 'string') checkedCharacters(own, value)
    else if (value !== undefined && typeof value !== 'boolean' && !Number.isFinite(value)) {
      refuse(own, 'a text, a finite number, true or false', value)
    }
  }
  return given as ApiRequest['query']
}
