import { ProtocolError } from '../errors/protocol-error.ts'
import type { ApiRequest } from '../http/connection.ts'

const instance = 'https://instance.invalid'

/**
 * Takes apart a link that Salesforce gave, with or without its leading slash.
 *
 * @param what - What the link is, at the start of a sentence: `The link to more jobs`.
 * @throws ProtocolError when it leads elsewhere.
 */
export function resourceAt(what: string, link: unknown): Required<Pick<ApiRequest, 'path' | 'query'>> {
  const url = typeof link === 'string' && link !== '' ? URL.parse(link, instance) : null
  if (url?.origin === instance) return { path: url.pathname, query: Object.fromEntries(url.searchParams) }
  throw new ProtocolError(`${what} in an answer of Bulk API 2.0 is no path of the instance`)
}

/** A list of Bulk API 2.0 that may go on. The link has two spellings in Salesforce's documentation. */
export interface LinkedList {
  readonly done: boolean
  readonly nextRecordsUrl?: string | null
  readonly nextRecordUrl?: string | null
}

/**
 * Where the rest of a list is; `undefined` at its end.
 *
 * @throws ProtocolError when there is more, but nobody knows where.
 */
export function restOf(what: string, list: LinkedList): ReturnType<typeof resourceAt> | undefined {
  const next = list.nextRecordsUrl ?? list.nextRecordUrl
  if (list.done || (list.done === undefined && !next)) return undefined
  return resourceAt(`The link to the rest of ${what}`, next)
}
