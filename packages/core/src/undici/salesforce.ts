import { Agent, type Dispatcher } from 'undici'
import { checkedMilliseconds, checkedOptions, readable, refuse } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { Clock } from '../http/connection.ts'
import type { Transport } from '../http/transport.ts'
import { Salesforce as PortableSalesforce } from '../salesforce.ts'
import type { Schema } from '../schema.ts'
import { type ClientOptions, clientOptionNames } from '../settings.ts'
import { fastGzip } from './fast-gzip.ts'
import { fileScratch } from './file-scratch.ts'
import { systemClock } from './system-clock.ts'
import { undiciTransport } from './undici-transport.ts'

/** Key of an option that replaces the undici transport, for tests and special networks. */
export const customTransport: unique symbol = Symbol('forcewire.transport')
/** Key of an option that replaces the clock, for tests. */
export const customClock: unique symbol = Symbol('forcewire.clock')
/** Key of an option that replaces `Math.random`, for tests. */
export const customRandom: unique symbol = Symbol('forcewire.random')

/** Options of a client on Node. */
export interface SalesforceOptions extends ClientOptions {
  /**
   * An undici dispatcher of the caller's own: a `ProxyAgent`, an `Agent` with client certificates. It is not closed
   * with the client. A retry interceptor in it multiplies the retries of this client. Default: an `Agent` of its own.
   */
  readonly dispatcher?: Dispatcher | undefined
  /**
   * Milliseconds until a connection to Salesforce is there, TLS included; a `TimeoutError` with the phase `connect`, which
   * the retries repeat. Not together with `dispatcher`, which connects by its own rules. Default 10,000.
   */
  readonly connectTimeout?: number | undefined
  /** Replaces the undici transport. */
  readonly [customTransport]?: Transport | undefined
  /** Replaces the machine's clock. */
  readonly [customClock]?: Clock | undefined
  /** Replaces `Math.random`. */
  readonly [customRandom]?: (() => number) | undefined
}

/** The client of `@forcewire/core/portable` with undici, the machine's clock, node:zlib and temporary files wired in. */
export class Salesforce<S extends Schema = Record<string, Record<string, unknown>>> extends PortableSalesforce<S> {
  /** Stays what it is where a bundler has renamed the class: two modules call theirs `Salesforce`. */
  static override readonly name: string = 'Salesforce'

  /** @throws ConfigurationError that names the option that is wrong. */
  constructor(options: SalesforceOptions) {
    const known = [...clientOptionNames, 'dispatcher', 'connectTimeout'] as const
    const { dispatcher, connectTimeout = 10_000, ...others } = checkedOptions('new Salesforce', options, known)
    if (dispatcher !== undefined && !readable('dispatcher', () => typeof dispatcher?.dispatch === 'function')) {
      refuse('dispatcher', 'a Dispatcher of undici, such as an Agent or a ProxyAgent', dispatcher)
    }
    checkedMilliseconds('connectTimeout', connectTimeout)
    if (options?.[customTransport] === undefined && readable('auth', () => others.auth?.hostOwned)) {
      throw new ConfigurationError(
        'hostAuth needs the transport of the host application; use @forcewire/core/portable.',
      )
    }
    if (options?.connectTimeout !== undefined && dispatcher !== undefined) {
      throw new ConfigurationError(
        'connectTimeout cannot be combined with dispatcher; give it to the dispatcher itself.',
      )
    }
    const own = dispatcher === undefined ? new Agent({ keepAliveTimeout: 10_000, connectTimeout }) : undefined
    super({
      ...others,
      transport: options?.[customTransport] ?? undiciTransport((dispatcher ?? own) as Dispatcher),
      clock: options?.[customClock] ?? systemClock,
      random: options?.[customRandom] ?? Math.random,
      gzip: fastGzip,
      scratch: fileScratch,
      // Not close(): that would wait for bodies that nobody reads any more.
      onClose: async () => own?.destroy(),
    })
  }
}
