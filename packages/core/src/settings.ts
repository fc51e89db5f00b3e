import { defaultApiVersion, normalizeApiVersion } from './api-version.ts'
import type { Auth } from './auth/auth.ts'
import { noInstance } from './auth/session.ts'
import type { ScratchStore } from './bulk/scratch.ts'
import {
  checkedFunction,
  checkedList,
  checkedMilliseconds,
  checkedOptions,
  checkedWholeNumber,
  readable,
  refuse,
} from './check.ts'
import type { Clock, Gzip } from './http/connection.ts'
import { checkedHosts, salesforceOrigin } from './http/host-rules.ts'
import type { Middleware } from './http/middleware.ts'
import { retryPolicy } from './http/retry-options.ts'
import { defaultRetryPolicy, type RetryOptions, type RetryPolicy } from './http/retry-policy.ts'
import type { Transport } from './http/transport.ts'

/** Where warnings and retries are written. `console` fits. */
export interface Logger {
  /** Takes what explains a slow call: retries. */
  debug?(message: string): void
  /** Takes what somebody should look at. */
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
  /**
   * Requests that wait for response headers at the same time. A body that reads from the same client while it is sent
   * needs a second one. Default 100.
   */
  readonly concurrency?: number | undefined
  /** Milliseconds until the response headers of one call are there, retries included. Default 120,000. */
  readonly timeout?: number | undefined
  /**
   * Milliseconds without a byte after which the body of an answer fails with a `TimeoutError`; the whole of it may take
   * as long as it likes. Default 60,000.
   */
  readonly bodyTimeout?: number | undefined
  /**
   * Share of the org's daily API requests, above 0 and up to 1, from which this client sends no more: `0.9` leaves a
   * tenth to others. It goes by what the newest answer told, and counts the calls without an answer as used: while they
   * may use up what is left, further calls wait for them. Default: none.
   */
  readonly usageLimit?: number | undefined
  /** Describes of objects that are kept and asked for again only when they changed; `false` keeps none. Default 100. */
  readonly describeCache?: number | false | undefined
  /** The caller's own policies, outermost first; see {@link Middleware}. */
  readonly middleware?: readonly Middleware[] | undefined
  /** Hosts beside Salesforce's own that may be spoken to: a proxy, a private connection. */
  readonly allowedHosts?: readonly string[] | undefined
  /** Where warnings and retries are written. Default: nowhere. */
  readonly logger?: Logger | undefined
}

/** What a portable client needs from its host. */
export interface PortableOptions extends ClientOptions {
  /** Sends one HTTP request. */
  readonly transport: Transport
  /** Tells the time and waits. */
  readonly clock: Clock
  /** A number in [0, 1), for jitter: `Math.random`. */
  readonly random: () => number
  /** Compresses the bodies of bulk uploads and long JSON bodies, where the host can. */
  readonly gzip?: Gzip | undefined
  /**
   * Makes a store for the rows of a bulk load that are too many for memory, such as a temporary file. Without it they are
   * held in memory: all of a load without declared columns, else the parts that are being uploaded.
   */
  readonly scratch?: ScratchStore | undefined
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
  readonly bodyTimeout: number
  readonly usageLimit: number | undefined
  readonly describeCache: number
  readonly middleware: readonly Middleware[]
  readonly allowedHosts: readonly string[]
}

/** Names of the options that every client takes. */
export const clientOptionNames: readonly (keyof ClientOptions)[] = [
  'auth',
  'instanceUrl',
  'apiVersion',
  'retry',
  'concurrency',
  'timeout',
  'bodyTimeout',
  'usageLimit',
  'describeCache',
  'middleware',
  'allowedHosts',
  'logger',
]

const hostOptionNames = ['transport', 'clock', 'random', 'gzip', 'scratch', 'onClose'] as const

/** @throws ConfigurationError that names the option. */
export function settle(options: PortableOptions): Settings {
  const given = checkedOptions<Partial<PortableOptions>>('new Salesforce', options, [
    ...clientOptionNames,
    ...hostOptionNames,
  ])
  const { auth, instanceUrl, usageLimit, apiVersion = defaultApiVersion, allowedHosts = [], middleware = [] } = given
  if (!readable('auth', () => isAuth(auth))) refuse('auth', 'a login flow such as clientCredentials({ ... })', auth)
  checkHost(given)
  checkedHosts('allowedHosts', allowedHosts)
  checkedList<Middleware>('middleware', middleware, 'functions').forEach((policy, index) => {
    checkedFunction(`middleware[${index}]`, policy)
  })
  // Both addresses are checked now, so that a typing mistake shows at the start and not with the first call.
  const address = auth?.renewable ? 'loginUrl' : 'instanceUrl'
  if (auth?.loginUrl !== undefined) salesforceOrigin(auth.loginUrl, address, allowedHosts)
  else if (auth?.flow === 'access-token' && instanceUrl === undefined) throw noInstance()
  return {
    auth: auth as Auth,
    instanceUrl: instanceUrl === undefined ? undefined : salesforceOrigin(instanceUrl, 'instanceUrl', allowedHosts),
    apiVersion: normalizeApiVersion(apiVersion),
    retry: retryPolicy(given.retry, defaultRetryPolicy),
    concurrency: given.concurrency === undefined ? 100 : checkedWholeNumber('concurrency', given.concurrency, 1),
    timeout: given.timeout === undefined ? 120_000 : checkedMilliseconds('timeout', given.timeout),
    bodyTimeout: given.bodyTimeout === undefined ? 60_000 : checkedMilliseconds('bodyTimeout', given.bodyTimeout),
    usageLimit: usageLimit === undefined ? undefined : checkedShare('usageLimit', usageLimit),
    describeCache: describesToKeep(given.describeCache),
    middleware,
    allowedHosts,
  }
}

/** What the host hands in; the main entry of this package does that for its users. */
function checkHost({ transport, clock, random, gzip, scratch, onClose, logger }: Partial<PortableOptions>): void {
  checkedFunction('transport', transport)
  checkedMethods('clock', clock, ['now', 'sleep'])
  checkedFunction('random', random)
  if (gzip !== undefined) checkedFunction('gzip', gzip)
  if (scratch !== undefined) checkedFunction('scratch', scratch)
  if (onClose !== undefined) checkedFunction('onClose', onClose)
  if (logger === undefined) return
  const methods = (['warn', 'debug'] as const).filter((name) => readable('logger', () => logger?.[name] !== undefined))
  checkedMethods('logger', logger, methods.length === 0 ? ['warn', 'debug'] : methods)
}

function isAuth(auth: Auth | undefined): boolean {
  return typeof auth?.login === 'function'
}

function checkedMethods(option: string, value: unknown, names: readonly string[]): void {
  const object = value as Readonly<Record<string, unknown>> | null | undefined
  const fits = readable(option, () => names.every((name) => typeof object?.[name] === 'function'))
  if (!fits) refuse(option, `an object with the methods ${names.join(' and ')}`, value)
}

function checkedShare(option: string, value: unknown): number {
  if (typeof value === 'number' && value > 0 && value <= 1) return value
  return refuse(option, 'a number above 0 and up to 1, the share of the daily API requests', value)
}

function describesToKeep(option: number | false | undefined): number {
  if (option === false) return 0
  return option === undefined ? 100 : checkedWholeNumber('describeCache', option, 0)
}
