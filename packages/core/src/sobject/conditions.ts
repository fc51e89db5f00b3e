import { checkedDate, checkedList, refuse } from '../check.ts'

/**
 * Conditions under which a record is read or changed ("Conditional Request Headers" of the REST API guide). Where one
 * does not hold, Salesforce does nothing and the call fails with an `ApiError` of status 412.
 */
export interface RecordConditions {
  /** Only if the record was not changed after this time (whole seconds), such as its `LastModifiedDate`. */
  readonly ifUnmodifiedSince?: Date | undefined
  /**
   * Only if the record has one of these ETags, as they stood in the header `etag` of an earlier answer. Salesforce gives
   * ETags to accounts only.
   */
  readonly ifMatch?: string | readonly string[] | undefined
}

/** What a caller already holds of a resource; an answer that adds nothing is `undefined` (status 304). */
export interface ChangeConditions {
  /** The resource only if it was changed after this time (whole seconds). */
  readonly ifModifiedSince?: Date | undefined
  /** The record only if it has none of these ETags; accounts only. */
  readonly ifNoneMatch?: string | readonly string[] | undefined
}

/** At least one condition that may make an answer `undefined`. */
export type IfChanged = ChangeConditions &
  ({ readonly ifModifiedSince: Date } | { readonly ifNoneMatch: string | readonly string[] })

const dates = [
  ['ifModifiedSince', 'If-Modified-Since'],
  ['ifUnmodifiedSince', 'If-Unmodified-Since'],
] as const
const tags = [
  ['ifMatch', 'If-Match'],
  ['ifNoneMatch', 'If-None-Match'],
] as const

/** @throws ConfigurationError that names the condition. */
export function conditionHeaders(conditions: RecordConditions & ChangeConditions): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {}
  for (const [name, header] of dates) {
    const date = conditions[name]
    if (date !== undefined) headers[header] = checkedDate(name, date).toUTCString()
  }
  for (const [name, header] of tags) {
    const given = conditions[name]
    if (given !== undefined) headers[header] = entityTags(name, given)
  }
  return headers
}

/** ETags of Salesforce may lack a quote, so that they are sent back as they came. */
function entityTags(name: string, given: string | readonly string[]): string {
  const list = typeof given === 'string' ? [given] : checkedList<string>(name, given, 'ETags')
  const fits = (tag: unknown): boolean => typeof tag === 'string' && /^[\x21-\x7e\x80-\xff]+$/.test(tag)
  const wrong = list.findIndex((tag) => !fits(tag))
  if (list.length === 0) return refuse(name, 'an ETag or a list of ETags', list)
  if (wrong !== -1) return refuse(typeof given === 'string' ? name : `${name}[${wrong}]`, 'an ETag', list[wrong])
  return list.join(', ')
}
