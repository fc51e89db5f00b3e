import type { Login, LoginRequest } from '../auth/auth.ts'
import { instanceOrigin, type SessionContext } from '../auth/session.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { Events } from '../events.ts'
import { milliseconds, type PortableOptions, retryPolicy, type Settings } from '../settings.ts'
import { packageVersion } from '../version.ts'
import { authorize } from './authorize.ts'
import { Call } from './call.ts'
import { concurrency } from './concurrency.ts'
import type { ApiRequest, ApiResponse, CallOptions, Clock, Connection, RequestBody } from './connection.ts'
import { deadline } from './deadline.ts'
import { decode } from './decode.ts'
import { salesforceOrigin } from './host-rules.ts'
import { middlewarePolicy } from './middleware.ts'
import { withQuery } from './path.ts'
import { compose, type Next, type PipelineRequest, type PipelineResponse } from './policy.ts'
import { backOff, retry } from './retry.ts'
import { send } from './send.ts'
import { SharedTimer } from './shared-timer.ts'
import { type UsageMemory, usage } from './usage.ts'

const standardHeaders: Readonly<Record<string, string>> = {
  accept: 'application/json',
  'user-agent': `forcewire/${packageVersion}`,
  'sforce-call-options': `client=forcewire/${packageVersion}`,
  'sforce-line-ending': 'LF',
}

/** The client below its resources: one pipeline, one clock, one set of listeners. */
export class ClientConnection implements Connection {
  readonly apiVersion: string
  readonly dataPath: string
  readonly clock: Clock
  readonly random: () => number
  readonly gzip: ((bytes: Uint8Array) => Promise<Uint8Array>) | undefined
  readonly events: Events = new Events()
  readonly usage: UsageMemory = { newest: undefined }
  readonly #settings: Settings
  readonly #pipeline: Next
  readonly #active = new Set<Call>()
  #closed = false

  constructor(options: PortableOptions, settings: Settings) {
    this.apiVersion = settings.apiVersion
    this.dataPath = `/services/data/v${settings.apiVersion}`
    this.clock = options.clock
    this.random = options.random
    this.gzip = options.gzip
    this.#settings = settings
    const { events, clock, random } = this
    // The order is the design: see "One pipeline, one order" in the README.
    this.#pipeline = compose(
      [
        deadline(new SharedTimer(clock)),
        retry({ policy: settings.retry, clock, random, events }),
        ...settings.middleware.map(middlewarePolicy),
        authorize(settings.auth, this.#loginContext()),
        usage(this.usage, events),
        concurrency(settings.concurrency),
        decode(clock),
      ],
      send(options.transport),
    )
  }

  async json<T>(request: ApiRequest, options: CallOptions = {}): Promise<T> {
    const response = await this.#run(this.#request(request, options, 'json'))
    return response.content as T
  }

  async stream(request: ApiRequest, options: CallOptions = {}): Promise<ApiResponse> {
    return this.#run(this.#request(request, options, 'stream'))
  }

  /** Reads any answer: parsed where its content type is JSON, else as text. */
  async any(request: ApiRequest, options: CallOptions = {}): Promise<PipelineResponse> {
    return this.#run(this.#request(request, options, 'any'))
  }

  backOff(retries: number, since: number, options: CallOptions = {}): number | undefined {
    const policy = retryPolicy(options.retry, this.#settings.retry)
    if (policy === false || retries >= policy.maxRetries) return undefined
    const delay = backOff(retries, policy, this.random)
    return this.clock.now() + delay - since <= policy.maxElapsed ? delay : undefined
  }

  warn(message: string): void {
    this.events.emit('warning', () => ({ message }))
  }

  /** One login with the client's credential, beside its session. */
  async login(): Promise<Login & { readonly instanceUrl: string }> {
    const { auth } = this.#settings
    const context = this.#loginContext()
    const login = await auth.login(context)
    return { ...login, instanceUrl: instanceOrigin(auth, login, context) }
  }

  /** Ends what is in flight; later calls are refused. */
  close(): void {
    this.#closed = true
    for (const call of this.#active) call.end(closedReason())
  }

  async #run(request: PipelineRequest): Promise<PipelineResponse> {
    const { call } = request
    const { method, path } = call
    if (this.#closed) throw closedReason()
    this.events.emit('request', () => ({ method, path }))
    this.#active.add(call)
    try {
      const response = await this.#pipeline(request)
      const { status, headers } = response
      if (headers.warning !== undefined) this.warn(`${method} ${path}: ${headers.warning}`)
      const duration = this.clock.now() - call.startedAt
      this.events.emit('response', () => ({ method, path, status, attempts: call.attempts, duration }))
      return { ...response, attempts: call.attempts }
    } finally {
      this.#active.delete(call)
    }
  }

  #request(request: ApiRequest, options: CallOptions, expect: PipelineRequest['expect']): PipelineRequest {
    const path = withQuery(request.path, request.query)
    const [body, contentType] = encode(request.body)
    const timeout = options.timeout === undefined ? this.#settings.timeout : milliseconds('timeout', options.timeout)
    return {
      method: request.method,
      path,
      headers: {
        ...standardHeaders,
        ...contentType,
        ...lowerCase(request.headers),
        ...lowerCase(options.headers),
      },
      body,
      replay: request.replay,
      expect,
      retry: options.retry === undefined ? undefined : retryPolicy(options.retry, this.#settings.retry),
      call: new Call(request.method, path, this.clock.now(), timeout, options.signal),
    }
  }

  #loginContext(): SessionContext {
    const { instanceUrl, apiVersion, allowedHosts } = this.#settings
    return {
      instanceUrl,
      apiVersion,
      clock: this.clock,
      origin: (address, option) => salesforceOrigin(address, option, allowedHosts),
      post: (request) => this.#postLogin(request),
      warn: (message) => this.warn(message),
      closed: () => this.#closed,
      loggedIn: (flow, instanceUrl, duration) => this.events.emit('login', () => ({ flow, instanceUrl, duration })),
    }
  }

  /** A login is everybody's, so no single caller's signal or timeout ends it. */
  async #postLogin(request: LoginRequest): Promise<string> {
    const { origin, path, headers, body } = request
    const call = new Call('POST', path, this.clock.now(), this.#settings.timeout, undefined)
    const response = await this.#run({
      method: 'POST',
      login: true,
      origin,
      path,
      headers: { ...standardHeaders, ...headers },
      body,
      replay: 'always',
      expect: 'text',
      call,
    })
    return (response.content as string | undefined) ?? ''
  }
}

type Encoded = PipelineRequest['body']

function encode(body: RequestBody | undefined): readonly [Encoded, Readonly<Record<string, string>> | undefined] {
  if (typeof body !== 'object' || body instanceof Uint8Array) return [body, undefined]
  return [jsonText(body.json), { 'content-type': 'application/json' }]
}

function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch (error) {
    // Circular references and bigints.
    throw new ConfigurationError(`The body cannot be written as JSON: ${(error as Error).message.split('\n')[0]}.`)
  }
}

function lowerCase(
  headers: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> | undefined {
  if (headers === undefined) return undefined
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

function closedReason(): DOMException {
  return new DOMException('This Salesforce client was closed.', 'AbortError')
}
