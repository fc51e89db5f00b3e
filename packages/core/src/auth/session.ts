import { ConfigurationError } from '../errors/configuration-error.ts'
import { SalesforceError } from '../errors/salesforce-error.ts'
import type { Clock } from '../http/connection.ts'
import type { Auth, Login, LoginContext } from './auth.ts'

/** A token and where it is valid. */
export interface Access {
  readonly accessToken: string
  /** Scheme, host and port. */
  readonly origin: string
  /** Milliseconds since the epoch from which it is renewed before use. */
  readonly renewAt: number
}

/** What a session works with. */
export interface SessionContext extends LoginContext {
  /** Told about each login that succeeded; `duration` in milliseconds. */
  loggedIn(flow: string, instanceUrl: string, duration: number): void
}

/**
 * Where the session of a login is valid: what the answer says, else the addresses that were given.
 *
 * @throws ConfigurationError when that is no host of Salesforce; the token must not travel there.
 */
export function instanceOrigin(auth: Auth, login: Login, context: LoginContext): string {
  const address = login.instanceUrl ?? context.instanceUrl ?? auth.loginUrl
  if (address === undefined) throw noInstance()
  return context.origin(address, 'instanceUrl')
}

/** Neither the client nor its login names an instance. */
export function noInstance(): ConfigurationError {
  return new ConfigurationError(
    "instanceUrl is missing: neither the client nor the login names the instance; give the org's My Domain address.",
  )
}

/**
 * The one session of a credential: however many calls need it at the same time, there is one login, and a failed login
 * is everybody's failure, because ten wrong passwords in a row lock a user out.
 */
export class Session {
  readonly #auth: Auth
  #access: Access | undefined
  #pending: PendingLogin | undefined
  /** Of the login that began last: what an older one brings late is not used. */
  #newest: AbortSignal | undefined

  constructor(auth: Auth) {
    this.#auth = auth
  }

  /** The token in hand, or a login. `signal` tells when nobody waits for it here any more. */
  access(context: SessionContext, signal: AbortSignal): Access | Promise<Access> {
    const access = this.#access
    if (access !== undefined && context.clock.now() < access.renewAt) return access
    return this.#login(context, signal)
  }

  /** A newer token than the one that was refused; a login only when nobody has renewed it meanwhile. */
  renewed(refused: Access, context: SessionContext, signal: AbortSignal): Access | Promise<Access> {
    // By the login it came from: a vault may answer the same token again.
    if (this.#access === refused) this.#access = undefined
    return this.access(context, signal)
  }

  /** The token in hand; `undefined` before the first login and after the session was lost. */
  get current(): Access | undefined {
    return this.#access
  }

  /** Lets go of a token that was revoked; the next call logs in. */
  forget(accessToken: string): void {
    if (this.#access?.accessToken === accessToken) this.#access = undefined
  }

  async #login(context: SessionContext, signal: AbortSignal): Promise<Access> {
    signal.throwIfAborted()
    const pending = this.#pending ?? this.#begin(context)
    this.#pending = pending
    const leave = (): void => {
      pending.waiting -= 1
      if (pending.waiting > 0) return
      // It may never end; the next call begins another. Logins of a user's grant wait for each other by themselves.
      if (this.#pending === pending) this.#pending = undefined
      pending.leave.abort(signal.reason)
    }
    pending.waiting += 1
    signal.addEventListener('abort', leave, { once: true })
    try {
      return await pending.access
    } catch (error) {
      // It ended because its client was closed, or because the others had left it; then this call logs in itself.
      if (!pending.signal.aborted || signal.aborted || context.signal.aborted || isRefusal(error)) throw error
      return await this.access(context, signal)
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }

  #begin(context: SessionContext): PendingLogin {
    const leave = new AbortController()
    const signal = AbortSignal.any([context.signal, leave.signal])
    this.#newest = signal
    const access = this.#start({ ...context, signal }).finally(() => {
      if (this.#newest === signal) this.#pending = undefined
    })
    return { access, signal, leave, waiting: 0 }
  }

  async #start(context: SessionContext): Promise<Access> {
    const startedAt = context.clock.now()
    const login = await this.#auth.login(context)
    const access: Access = {
      accessToken: login.accessToken,
      origin: instanceOrigin(this.#auth, login, context),
      renewAt: renewalTime(login.lifetime, context.clock),
    }
    if (this.#newest === context.signal) this.#access = access
    // A ready token is not a login.
    if (this.#auth.renewable) context.loggedIn(this.#auth.flow, access.origin, context.clock.now() - startedAt)
    return access
  }
}

/** A login under way, and those who wait for it. */
interface PendingLogin {
  readonly access: Promise<Access>
  /** Aborted when its client is closed, or when the last who waited has left. */
  readonly signal: AbortSignal
  readonly leave: AbortController
  waiting: number
}

/** Whether a login ended by itself. One that was ended fails with the reason for that. */
function isRefusal(error: unknown): boolean {
  return error instanceof SalesforceError && !(error instanceof ConfigurationError)
}

/** A little before the end, so that no call is sent with a token that dies on its way. */
function renewalTime(lifetime: number | undefined, clock: Clock): number {
  if (lifetime === undefined) return Number.POSITIVE_INFINITY
  return clock.now() + lifetime - Math.min(30_000, lifetime / 20)
}

const sessions = new WeakMap<Auth, Map<string, Session>>()

/** The session that all clients with this credential and this login address share; each checks its host by its own rules. */
export function sessionOf(auth: Auth, instanceUrl: string | undefined): Session {
  const byAddress = sessions.get(auth) ?? new Map<string, Session>()
  sessions.set(auth, byAddress)
  const address = auth.loginUrl ?? instanceUrl ?? ''
  const session = byAddress.get(address) ?? new Session(auth)
  byAddress.set(address, session)
  return session
}
