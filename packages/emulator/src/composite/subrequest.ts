import {
  badRequest,
  type JsonObject,
  jsonObject,
  knownKeys,
  objectList,
  requiredMethod,
  requiredText,
} from '../server/request-shape.ts'
import { duplicateReferenceId, illegalReferenceId } from './errors.ts'

/** One subrequest of a composite, or one node of a graph, as sent. */
export interface Subrequest {
  readonly referenceId: string
  readonly method: string
  /** Path and query string from `/services/data/vNN.0/` on; may hold references. */
  readonly url: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** Headers that a subrequest has from the call around it and must not give itself. */
const INHERITED: readonly string[] = ['accept', 'authorization', 'content-type']

/**
 * The subrequests of a composite or a graph.
 *
 * @param version - API version of the call around them: illegal reference IDs are let through up to v51.0, where only
 * references to them fail (REST API Developer Guide, "Composite Subrequest Result").
 * @throws WireError 400 for the whole call where one of them cannot be read.
 */
export function readSubrequests(parent: JsonObject, version: number): Subrequest[] {
  const subrequests = objectList(parent, 'compositeRequest').map((entry) => readSubrequest(entry, version))
  const ids = new Set(subrequests.map((subrequest) => subrequest.referenceId))
  if (ids.size < subrequests.length) throw duplicateReferenceId()
  return subrequests
}

function readSubrequest(entry: JsonObject, version: number): Subrequest {
  knownKeys(entry, ['body', 'httpHeaders', 'method', 'referenceId', 'url'])
  const referenceId = requiredText(entry, 'referenceId')
  if (version >= 52 && !/^[A-Za-z0-9]\w*$/.test(referenceId)) throw illegalReferenceId(referenceId)
  const method = requiredMethod(entry)
  const url = requiredText(entry, 'url')
  if (!/^\/services\/data\/v\d+\.0\//.test(url))
    throw badRequest(`The url must start with /services/data/vXX.X/: ${url}`)
  return { referenceId, method, url, headers: headersOf(entry.httpHeaders ?? {}), body: entry.body }
}

function headersOf(value: unknown): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, text] of Object.entries(jsonObject(value, 'httpHeaders'))) {
    if (INHERITED.includes(name.toLowerCase())) throw badRequest(`The header ${name} can't be set on a subrequest`)
    headers[name.toLowerCase()] = String(text)
  }
  return headers
}
