import { ConfigurationError } from './errors/configuration-error.ts'
import type { ApiRequest, Connection, Replay, RequestBody } from './http/connection.ts'
import type { Method } from './http/transport.ts'

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
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** `{ json: value }` is sent as JSON; text and bytes as they are, with a `content-type` of your own. */
  readonly body?: RequestBody | undefined
  /** Default: `always` for GET, HEAD and DELETE, `if-unsent` for everything else. */
  readonly replay?: Replay | undefined
}

/** The answer to a raw request. */
export interface RawResponse<T> {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** Parsed JSON; text for any other content type; `undefined` for an empty body. */
  readonly body: T
}

const methods: readonly Method[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** A raw request as the pipeline takes it. */
export function apiRequest(connection: Connection, raw: RawRequest): ApiRequest {
  if (typeof raw?.path !== 'string' || raw.path.trim() === '') throw new ConfigurationError('request: path is empty.')
  const { method = 'GET', path, query, headers, body } = raw
  if (!methods.includes(method)) {
    throw new ConfigurationError(`request: method must be one of ${methods.join(', ')}, but is '${method}'.`)
  }
  if (typeof body === 'object' && !(body instanceof Uint8Array) && !(body !== null && 'json' in body)) {
    throw new ConfigurationError(
      'request: body must be { json: value }, text, bytes or a function that makes a stream.',
    )
  }
  const replay = raw.replay ?? (['GET', 'HEAD', 'DELETE'].includes(method) ? 'always' : 'if-unsent')
  return { method, path: fullPath(connection, path.trim()), query, headers, body, replay }
}

function fullPath(connection: Connection, path: string): string {
  if (path.startsWith('/') || /^https?:\/\//i.test(path)) return path
  return `${connection.dataPath}/${path}`
}
