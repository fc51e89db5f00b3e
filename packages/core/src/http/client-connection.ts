import type { Login, LoginRequest } from '../auth/auth.ts'
import { revoke } from '../auth/revoke.ts'
import { instanceOrigin, type SessionContext, sessionOf } from '../auth/session.ts'
import type { ScratchStore } from '../bulk/scratch.ts'
import { checkedText } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { fromHere } from '../errors/from-here.ts'
import type { FailedRequest } from '../errors/salesforce-error.ts'
import { Events } from '../events.ts'
import type { PortableOptions, Settings } from '../settings.ts'
import { authorize } from './authorize.ts'
import type { ActiveCalls, Call } from './call.ts'
import { checkedCall } from './call-options.ts'
import { compress } from './compress.ts'
import { concurrency } from './concurrency.ts'
import type { ApiRequest, ApiResponse, CallOptions, Clock, Connection, Gzip } from './connection.ts'
import { Crowd } from './crowd.ts'
import { deadline } from './deadline.ts'
import { decode } from './decode.ts'
import { endOf } from './end-of.ts'
import { rememberRequest } from './expected.ts'
import { salesforceOrigin } from './host-rules.ts'
import { type Mask, maskOf } from './mask.ts'
import { middlewarePolicy } from './middleware.ts'
import { pipelineRequest } from './pipeline-request.ts'
import { compose, type Next, type PipelineRequest, type PipelineResponse } from './policy.ts'
import { type Repeat, Retries, retry } from './retry.ts'
import { retryPolicy } from './retry-options.ts'
import { send } from './send.ts'
import { SharedTimer } from './shared-timer.ts'
import { type UsageMemory, usage } from './usage.ts'
import { usageLimit } from './usage-limit.ts'

/** The client below its resources: one pipeline, one clock, one set of listeners. */
export class ClientConnection implements Connection {
  readonly apiVersion: string
  readonly dataPath: string
  readonly clock: Clock
  readonly random: () => number
  readonly gzip: Gzip | undefined
  readonly scratch: ScratchStore | undefined
  readonly events: Events = new Events()
  readonly usage: UsageMemory = { newest: undefined, seenAt: 0 }
  readonly closing: AbortSignal
  readonly #settings: Settings
  readonly #retries: Retries
  readonly #pipeline: Next
  readonly #active = new Crowd<Call>()
  readonly #end = new AbortController()

  constructor(options: PortableOptions, settings: Settings) {
    this.apiVersion = settings.apiVersion
    this.dataPath = `/services/data/v${settings.apiVersion}`
    this.clock = options.clock
    this.random = options.random
    this.gzip = options.gzip
    this.scratch = options.scratch
    this.closing = this.#end.signal
    this.#settings = settings
    const { events, clock, random, gzip } = this
    const { usageLimit: share } = settings
    const warn = (message: string): void => this.warn(message)
    this.#retries = new Retries({ policy: settings.retry, clock, random, events })
    const timer = new SharedTimer(clock)
    const decoding = decode({ clock, timer, bodyTimeout: settings.bodyTimeout })
    // The order is the design: see "One pipeline, one order" in the README.
    this.#pipeline = compose(
      [
        deadline({ timer, active: this.#activeCalls() }),
        ...(gzip === undefined ? [] : [compress(gzip)]),
        retry(settings.retry, this.#retries),
        ...settings.middleware.map((middleware) => middlewarePolicy(middleware, decoding)),
        ...(share === undefined ? [] : [usageLimit(share, { memory: this.usage, clock, warn })]),
        authorize(settings.auth, this.#loginContext()),
        usage(this.usage, clock, events),
        concurrency(settings.concurrency),
        decoding,
      ],
      send(options.transport, settings.bodyTimeout),
    )
  }

  async json<T>(request: ApiRequest, options?: CallOptions): Promise<T> {
    return (await this.jsonAnswer(request, options)).content as T
  }

  jsonAnswer(request: ApiRequest, options?: CallOptions): Promise<PipelineResponse> {
    return this.#call(request, options, 'json')
  }

  stream(request: ApiRequest, options?: CallOptions): Promise<ApiResponse> {
    return this.#call(request, options, 'stream')
  }

  /** Reads any answer: parsed where its content type is JSON, else as text. */
  any(request: ApiRequest, options?: CallOptions): Promise<PipelineResponse> {
    return this.#call(request, options, 'any')
  }

  async repeats(repeat: Omit<Repeat, 'signal'>, options: CallOptions = {}): Promise<boolean> {
    const policy = retryPolicy(options.retry, this.#settings.retry)
    const { timeout = this.#settings.timeout } = options
    const expiresAt = repeat.startedAt + timeout
    return policy !== false && this.#retries.wait({ expiresAt, ...repeat, signal: endOf(this, options.signal) }, policy)
  }

  warn(message: string): void {
    this.events.emit('warning', () => ({ message }))
  }

  /** One login with the client's credential, beside its session. */
  async login(options?: CallOptions): Promise<Login & { readonly instanceUrl: string }> {
    const { auth } = this.#settings
    const context = this.#loginContext(checkedCall(options))
    context.signal.throwIfAborted()
    const login = await auth.login(context)
    return { ...login, instanceUrl: instanceOrigin(auth, login, context) }
  }

  /** Ends a token at Salesforce: the one that is given, else that of the session, if there is one. */
  async revoke(token?: string, options?: CallOptions): Promise<void> {
    this.closing.throwIfAborted()
    const { auth, instanceUrl } = this.#settings
    if (auth.hostOwned) throw new ConfigurationError('hostAuth: the host application ends its session itself.')
    if (token !== undefined) checkedText('revoke: token', token)
    const call = checkedCall(options)
    const post = (request: LoginRequest): Promise<string> => this.#postSecret(request, 'revocation', call)
    await revoke(auth, sessionOf(auth, instanceUrl), token, { ...this.#loginContext(call), post })
  }

  /**
   * Ends what is in flight; later calls are refused. A login under way that may replace a refresh token has ten seconds
   * to come to its end first, since the new token would be lost.
   */
  async close(): Promise<void> {
    this.#end.abort(closedError())
    const kept = (call: Call): boolean => call.replacesToken && call.attempts > 0
    for (const call of this.#active) if (!kept(call)) call.end(closedError(call.describe()))
    const { auth } = this.#settings
    if (auth.settled === undefined) return
    const done = new AbortController()
    await Promise.race([auth.settled(), this.clock.sleep(CLOSING_TIME, done.signal).catch(() => {})])
    done.abort()
    for (const call of this.#active) call.end(closedError(call.describe()))
  }

  async #call(
    given: ApiRequest,
    options: CallOptions | undefined,
    expect: PipelineRequest['expect'],
    secrets?: Pick<PipelineRequest, 'secret' | 'secrets' | 'origin'>,
  ): Promise<PipelineResponse> {
    const { timeout, retry } = this.#settings
    const prepared = pipelineRequest(given, options, expect, { timeout, retry, now: this.clock.now() })
    const request = secrets === undefined ? prepared : { ...prepared, ...secrets }
    const { call } = request
    const { method, path } = call
    call.replacesToken = given.replacesToken ?? false
    this.closing.throwIfAborted()
    this.events.emit('request', () => ({ method, path }))
    try {
      const response = await this.#pipeline(request)
      const { status, headers, content } = response
      rememberRequest(content, call.describe())
      if (headers.warning !== undefined) this.warn(`${method} ${path}: ${headers.warning}`)
      const duration = this.clock.now() - call.startedAt
      this.events.emit('response', () => ({ method, path, status, attempts: call.attempts, duration }))
      return { ...response, attempts: call.attempts, uncertain: call.uncertain }
    } catch (error) {
      throw fromHere(error)
    }
  }

  #activeCalls(): ActiveCalls {
    return {
      add: (call) => (this.closing.aborted ? call.end(closedError(call.describe())) : this.#active.add(call)),
      delete: (call) => this.#active.delete(call),
    }
  }

  /** A session's login is everybody's, so no single caller's options apply to it; one beside the session has its own. */
  #loginContext(options?: CallOptions): SessionContext {
    const { instanceUrl, apiVersion, allowedHosts } = this.#settings
    let mask: Mask = (text) => text
    return {
      instanceUrl,
      apiVersion,
      clock: this.clock,
      origin(address, option) {
        try {
          return salesforceOrigin(address, option, allowedHosts)
        } catch (error) {
          // A server may name what was sent to it as the instance.
          throw new ConfigurationError(mask((error as Error).message))
        }
      },
      post: (request) => {
        mask = maskOf({ ...request, secret: 'login' })
        return this.#postSecret(request, 'login', options)
      },
      warn: (message) => this.warn(message),
      signal: endOf(this, options?.signal),
      loggedIn: (flow, instanceUrl, duration) => this.events.emit('login', () => ({ flow, instanceUrl, duration })),
    }
  }

  async #postSecret(
    { origin, path, headers, body, secrets, replay = 'always', replacesToken }: LoginRequest,
    secret: 'login' | 'revocation',
    options: CallOptions | undefined,
  ): Promise<string> {
    const moreTime = replacesToken ? LATE_TOKEN_TIME : undefined
    const request: ApiRequest = { method: 'POST', path, headers, body, replay, moreTime, replacesToken }
    const response = await this.#call(request, options, 'text', { secret, secrets, origin })
    return (response.content as string | undefined) ?? ''
  }
}

/** Milliseconds that close() gives to a login under way. */
const CLOSING_TIME = 10_000
/** Milliseconds on top of `timeout` for an answer that may replace a refresh token. */
const LATE_TOKEN_TIME = 30_000

/** For what close() ends, and for what comes after it; `attempts` of its request tells whether anything was sent. */
function closedError(request?: FailedRequest): ConfigurationError {
  return new ConfigurationError('This Salesforce client was closed; create a new one.', { request })
}
