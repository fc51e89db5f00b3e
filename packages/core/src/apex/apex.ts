import { checkedChoice, checkedText, isBytes } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { checkedCall } from '../http/call-options.ts'
import type { ApiRequest, CallOptions, Connection, Replay, RequestBody } from '../http/connection.ts'
import { checkedPathPart, checkedQuery, hasDotSegment, pathOf } from '../http/path.ts'
import { checkedJson } from '../sobject/record-body.ts'

/** Options of a call to an Apex REST class; `headers` reach the class as `RestContext.request.headers`. */
export interface ApexOptions extends CallOptions {
  /** Query parameters; `undefined` ones are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined
  /**
   * Whether the call may be sent again when nobody knows what became of it. Default: `always` for `get`, `if-unsent`
   * for all others, since only the class knows whether doing a thing twice does harm.
   */
  readonly replay?: Replay | undefined
}

/**
 * The address of a class below `/services/apexrest`: its `urlMapping` with whatever comes behind it
 * (`orders/2026`, percent-encoded by the caller), or its parts (`['orders', externalId]`), which are percent-encoded
 * here.
 */
export type ApexPath = string | readonly string[]

/**
 * Apex classes with `@RestResource` ("Exposing Apex Classes as REST Web Services" of the Apex guide). An answer in JSON
 * is parsed, any other is text, none is `undefined`. What a class answers with an error status is the `body` of the
 * `ApiError`.
 */
export interface Apex {
  /** Reads from a class. */
  get<T = unknown>(path: ApexPath, options?: ApexOptions): Promise<T>
  /**
   * A body of text or bytes is sent as it is (name its `content-type` in `headers`), a function makes a stream of bytes
   * for every attempt, anything else is sent as JSON.
   */
  post<T = unknown>(path: ApexPath, body?: unknown, options?: ApexOptions): Promise<T>
  /** The body is treated as that of `post`. */
  put<T = unknown>(path: ApexPath, body?: unknown, options?: ApexOptions): Promise<T>
  /** The body is treated as that of `post`. */
  patch<T = unknown>(path: ApexPath, body?: unknown, options?: ApexOptions): Promise<T>
  /** Deletes by a class. */
  delete<T = unknown>(path: ApexPath, options?: ApexOptions): Promise<T>
}

type ApexMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

const root = '/services/apexrest'

/** Makes the Apex REST part of a client. */
export function createApex(connection: Connection): Apex {
  async function send<T>(method: ApexMethod, path: ApexPath, body: unknown, options?: ApexOptions): Promise<T> {
    const { query, replay, ...call } = checkedCall(options, `apex.${method.toLowerCase()}`, ['query', 'replay'])
    const request: ApiRequest = {
      method,
      path: addressOf(path),
      query: checkedQuery('query', query),
      ...encoded(body),
      replay: replay === undefined ? usualReplay(method) : checkedChoice('replay', replay, ['always', 'if-unsent']),
    }
    const { content } = await connection.any(request, call)
    return content as T
  }
  return {
    get: (path, options) => send('GET', path, undefined, options),
    post: (path, body, options) => send('POST', path, body, options),
    put: (path, body, options) => send('PUT', path, body, options),
    patch: (path, body, options) => send('PATCH', path, body, options),
    delete: (path, options) => send('DELETE', path, undefined, options),
  }
}

function usualReplay(method: ApexMethod): Replay {
  return method === 'GET' ? 'always' : 'if-unsent'
}

/** The whole path may be given as well: it is how Salesforce's own guides write it. */
function addressOf(path: ApexPath): string {
  if (Array.isArray(path) && path.length > 0) {
    return pathOf(root, ...Array.from(path, (part, index) => checkedPathPart(`path[${index}]`, part)))
  }
  const text = checkedText('path', path).trim()
  const below = text.startsWith(`${root}/`) ? text.slice(root.length + 1) : text.replace(/^\/+/, '')
  if (/^https?:/i.test(below) || /[\s\\#]/.test(below) || hasDotSegment(below)) {
    throw new ConfigurationError(
      `path must be an address below ${root}, such as 'orders/2026', its parts percent-encoded; give a list of parts to have them encoded.`,
    )
  }
  return `${root}/${below}`
}

function encoded(body: unknown): Pick<ApiRequest, 'body' | 'headers'> {
  if (body === undefined) return {}
  if (typeof body === 'string') return { body, headers: { 'content-type': 'text/plain; charset=UTF-8' } }
  if (isBytes(body)) return { body, headers: { 'content-type': 'application/octet-stream' } }
  if (typeof body === 'function') {
    return { body: body as RequestBody, headers: { 'content-type': 'application/octet-stream' } }
  }
  return { body: { json: checkedJson('body', body) } }
}
