import type { FastifyRequest } from 'fastify'

/** One request as the emulator received it, without the secrets it carried. */
export interface LoggedRequest {
  /** When it arrived, in epoch milliseconds. */
  readonly receivedAt: number
  /** The method that counts: that of its `_HttpMethod` where a POST has one. */
  readonly method: string
  /** Path as sent, without the query string. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  /** Status of the answer; null until there is one, and for good when the connection was dropped. */
  status: number | null
}

const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'x-sfdc-session',
  'proxy-authorization',
])
const SECRET_PARAMETERS: ReadonlySet<string> = new Set([
  'access_token',
  'assertion',
  'client_secret',
  'code',
  'oauth_token',
  'password',
  'refresh_token',
  'sid',
  'token',
])
const KEPT = 10_000

/** The newest requests in the order of their arrival; at least 10,000 are kept. */
export class RequestLog {
  readonly #clock: { now(): number }
  #requests: LoggedRequest[] = []
  #total = 0

  constructor(clock: { now(): number }) {
    this.#clock = clock
  }

  /** How many were noted, those no longer kept included. */
  get total(): number {
    return this.#total
  }

  /** Notes a request; the entry's status is filled in by whoever answers. */
  add(call: FastifyRequest): LoggedRequest {
    const [path = '', ...search] = call.originalUrl.split('?')
    const entry: LoggedRequest = {
      receivedAt: this.#clock.now(),
      method: call.method,
      path,
      query: search.length === 0 ? NO_QUERY : queryOf(search.join('?')),
      headers: headersOf(call),
      status: null,
    }
    if (this.#requests.length >= 2 * KEPT) this.#requests = this.#requests.slice(-KEPT)
    this.#requests.push(entry)
    this.#total += 1
    return entry
  }

  /** A copy of what was noted. */
  list(): LoggedRequest[] {
    return this.#requests.map((entry) => ({ ...entry }))
  }

  /** A copy of the newest, newest first. */
  newest(count: number): LoggedRequest[] {
    return this.#requests
      .slice(-count)
      .reverse()
      .map((entry) => ({ ...entry }))
  }

  clear(): void {
    this.#requests = []
    this.#total = 0
  }
}

const NO_QUERY: Readonly<Record<string, string>> = {}

function queryOf(search: string): Record<string, string> {
  return Object.fromEntries([...new URLSearchParams(search)].filter(([name]) => !SECRET_PARAMETERS.has(name)))
}

function headersOf(call: FastifyRequest): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const name in call.headers) {
    if (!SECRET_HEADERS.has(name)) headers[name] = String(call.headers[name])
  }
  return headers
}
