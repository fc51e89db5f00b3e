import { defaultApiVersion, normalizeApiVersion } from './api-version.ts'
import type { Auth } from './auth/auth.ts'
import { ConfigurationError } from './errors/configuration-error.ts'
import type { Clock } from './http/connection.ts'
import { salesforceOrigin } from './http/host-rules.ts'
import type { Middleware } from './http/middleware.ts'
import { defaultRetryPolicy, type RetryOptions, type RetryPolicy } from './http/retry-policy.ts'
import type { Transport } from './http/transport.ts'

/** Where warnings and retries are written. `console` fits. */
export interface Logger {
  debug?(message: string): void
  warn?(message: string): void
}

/** Options that every client takes, whatever its transport. */
export interface ClientOptions {
  /** How to log in: `clientCredentials({ ... })`, `jwtBearer({ ... })`, ... */
  readonly auth: Auth
  /** My Domain address, such as `https://acme.my.salesforce.com`. Optional when the login answers it. */
  readonly instanceUrl?: string | undefined
  /** `'67.0'`, `'67'` and `'v67.0'` are the same. Default `67.0`. */
  readonly apiVersion?: string | number | undefined
  /** Changes to the default retry policy; `false` sends everything once. */
  readonly retry?: RetryOptions | false | undefined
  /** Requests that wait for response headers at the same time. Default 100. */
  readonly concurrency?: number | undefined
  /** Milliseconds until the response headers of one call are there, retries included. Default 120,000. */
  readonly timeout?: number | undefined
  /** The caller's own policies, outermost first; see {@link Middleware}. */
  readonly middleware?: readonly Middleware[] | undefined
  /** Hosts beside Salesforce's own that may be spoken to: a proxy, a private connection. */
  readonly allowedHosts?: readonly string[] | undefined
  readonly logger?: Logger | undefined
}

/** What a portable client needs from its host. */
export interface PortableOptions extends ClientOptions {
  /** Sends one HTTP request. */
  readonly transport: Transport
  readonly clock: Clock
  /** A number in [0, 1), for jitter: `Math.random`. */
  readonly random: () => number
  /** Compresses request bodies of bulk uploads, where the host can. */
  readonly gzip?: ((bytes: Uint8Array) => Promise<Uint8Array>) | undefined
  /** Called once by `close()`, to let go of sockets. */
  readonly onClose?: (() => Promise<void>) | undefined
}

/** Options, checked and completed. */
export interface Settings {
  readonly auth: Auth
  readonly instanceUrl: string | undefined
  readonly apiVersion: string
  readonly retry: RetryPolicy | false
  readonly concurrency: number
  readonly timeout: number
  readonly middleware: readonly Middleware[]
  readonly allowedHosts: readonly string[]
}

/** @throws ConfigurationError that names the option. */
export function settle(options: ClientOptions): Settings {
  const auth = options?.auth
  if (typeof auth?.login !== 'function') {
    throw new ConfigurationError('auth is missing; give a login flow such as clientCredentials({ ... }).')
  }
  const allowedHosts = list('allowedHosts', options.allowedHosts, 'string')
  // Both addresses are checked now, so that a typing mistake shows at the start and not with the first call.
  if (auth.loginUrl !== undefined) salesforceOrigin(auth.loginUrl, 'loginUrl', allowedHosts)
  const { instanceUrl } = options
  return {
    auth,
    instanceUrl: instanceUrl === undefined ? undefined : salesforceOrigin(instanceUrl, 'instanceUrl', allowedHosts),
    apiVersion: normalizeApiVersion(options.apiVersion ?? defaultApiVersion),
    retry: retryPolicy(options.retry, defaultRetryPolicy),
    concurrency: wholeNumber('concurrency', options.concurrency ?? 100),
    timeout: milliseconds('timeout', options.timeout ?? 120_000),
    middleware: list('middleware', options.middleware, 'function'),
    allowedHosts,
  }
}

/** Completes retry options with a policy; `false` stays `false`. */
export function retryPolicy(options: RetryOptions | false | undefined, base: RetryPolicy | false): RetryPolicy | false {
  if (options === undefined) return base
  if (options === false) return false
  if (typeof options !== 'object' || options === null || !Array.isArray(options.rules ?? [])) {
    throw new ConfigurationError('retry must be false or an object such as { maxRetries: 5 }, its rules a list.')
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  const policy: RetryPolicy = { ...(base === false ? defaultRetryPolicy : base), ...Object.fromEntries(given) }
  for (const name of ['maxRetries', 'initialDelay', 'factor', 'maxDelay', 'maxElapsed', 'budget'] as const) {
    if (typeof policy[name] === 'number' && policy[name] >= 0) continue
    throw new ConfigurationError(`retry.${name} must be a number that is not negative, but is ${policy[name]}.`)
  }
  return policy
}

/** @throws ConfigurationError unless the value is a positive number. */
export function milliseconds(option: string, value: number): number {
  if (typeof value === 'number' && value > 0) return value
  throw new ConfigurationError(`${option} must be a positive number of milliseconds, but is ${value}.`)
}

function list<T>(option: string, value: readonly T[] | undefined, type: 'string' | 'function'): readonly T[] {
  const items = value ?? []
  if (Array.isArray(items) && items.every((item) => typeof item === type)) return items
  throw new ConfigurationError(`${option} must be a list of ${type === 'string' ? 'texts' : 'functions'}.`)
}

function wholeNumber(option: string, value: number): number {
  if (Number.isInteger(value) && value > 0) return value
  throw new ConfigurationError(`${option} must be a whole number above 0, but is ${value}.`)
}
