import {
  checkedCharacters,
  checkedChoice,
  checkedObject,
  checkedOptions,
  checkedText,
  isBytes,
  refuse,
} from './check.ts'
import { checkedHeaders } from './http/call-options.ts'
import type { ApiRequest, Connection, Replay, RequestBody } from './http/connection.ts'
import { checkedQuery, hasDotSegment } from './http/path.ts'
import { type Method, methods } from './http/transport.ts'
import { checkedJson } from './sobject/record-body.ts'

/** Any call, as `Salesforce.request` takes it. */
export interface RawRequest {
  /** Default `GET`. */
  readonly method?: Method | undefined
  /**
   * With a leading slash a path from the root of the instance (`/services/apexrest/orders`), without one a path under
   * the data root (`limits` is `/services/data/v67.0/limits`). An absolute address of the session's own instance is
   * taken too. Percent-encode its parts yourself.
   */
  readonly path: string
  /** Parameters of the query string; those without a value are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined
  /** Headers of this call, over those of the client. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** `{ json: value }` is sent as JSON; text and bytes as they are, with a `content-type` of your own. */
  readonly body?: RequestBody | undefined
  /** Default: `always` for GET, HEAD and DELETE, `if-unsent` for everything else. */
  readonly replay?: Replay | undefined
}

/** The answer to a raw request. */
export interface RawResponse<T> {
  /** HTTP status. */
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** Parsed JSON; text for any other content type; `undefined` for an empty body. */
  readonly body: T
}

const replays: readonly Replay[] = ['always', 'if-unsent']
const names: readonly (keyof RawRequest)[] = ['method', 'path', 'query', 'headers', 'body', 'replay']

/**
 * A raw request as the pipeline takes it.
 *
 * @throws ConfigurationError that names the part that is wrong.
 */
export function apiRequest(connection: Connection, raw: RawRequest): ApiRequest {
  const {
    method = 'GET',
    path,
    query,
    headers,
    body,
    replay,
  } = checkedOptions<Partial<RawRequest>>('request', raw, names)
  const address = checkedText('request: path', path).trim()
  if (!/^[\x21-\x7e]+$/.test(address)) refuse('request: path', 'percent-encoded, without blanks', path)
  if (hasDotSegment(address)) refuse('request: path', "without the parts '.' and '..'", path)
  checkedChoice('request: method', method, methods)
  return {
    method,
    path: fullPath(connection, address),
    query: checkedQuery('request: query', query),
    headers: headers === undefined ? undefined : checkedHeaders('request: headers', headers),
    body: checkedBody(body),
    replay: replay === undefined ? defaultReplay(method) : checkedChoice('request: replay', replay, replays),
  }
}

function defaultReplay(method: Method): Replay {
  return ['GET', 'HEAD', 'DELETE'].includes(method) ? 'always' : 'if-unsent'
}

function checkedBody(body: RequestBody | undefined): RequestBody | undefined {
  if (typeof body === 'string') return checkedCharacters('request: body', body)
  if (body === undefined || typeof body === 'function' || isBytes(body)) return body
  const accepted = '{ json: value }, text, bytes or a function that makes a stream'
  const { json } = checkedObject('request: body', body, accepted)
  return json === undefined ? refuse('request: body', accepted, body) : { json: checkedJson('request: body', json) }
}

function fullPath(connection: Connection, path: string): string {
  if (path.startsWith('/') || /^https?:\/\//i.test(path)) return path
  return `${connection.dataPath}/${path}`
}
