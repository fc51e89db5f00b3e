import { checkedChoice, checkedFunction } from './check.ts'
import type { SalesforceError } from './errors/salesforce-error.ts'
import type { Method } from './http/transport.ts'
import type { ApiUsage } from './http/usage.ts'

/** The call that an event is about. */
interface CallEvent {
  /** HTTP method. */
  readonly method: Method
  /** Without its query string. */
  readonly path: string
}

/**
 * What listeners are told, by event name. No event holds a token; headers and body of an answer are only where any
 * `ApiError` has them, on the `error` of `retry`.
 */
export interface SalesforceEvents {
  /** A call begins; once per call, before the first send. Logins are calls too. */
  readonly request: CallEvent
  /** A call succeeded. `duration` in milliseconds until its headers (or its JSON) were there. */
  readonly response: CallEvent & { readonly status: number; readonly attempts: number; readonly duration: number }
  /** A failed attempt will be repeated after `delay` milliseconds; `retry` counts 1, 2, 3. */
  readonly retry: CallEvent & { readonly retry: number; readonly delay: number; readonly error: SalesforceError }
  /** Salesforce answered, whatever the status: one API call is used. `usage` is absent where the answer says nothing. */
  readonly usage: CallEvent & {
    readonly status: number
    readonly usage?: ApiUsage
    /** Batches that an uploaded job begins, 10,000 rows each, of the 15,000 that an org has in 24 hours. */
    readonly bulkBatches?: number
  }
  /** A login succeeded. */
  readonly login: { readonly flow: string; readonly instanceUrl: string; readonly duration: number }
  /** Something worth knowing that failed nothing. */
  readonly warning: { readonly message: string }
}

const eventNames: readonly (keyof SalesforceEvents)[] = ['request', 'response', 'retry', 'usage', 'login', 'warning']

/** A listener; what it returns or throws is ignored. */
export type Listener<E extends keyof SalesforceEvents> = (event: SalesforceEvents[E]) => unknown

/** Tells listeners. Neither a throwing nor a rejecting listener reaches the call that is reported. */
export class Events {
  readonly #listeners = new Map<keyof SalesforceEvents, Set<Listener<never>>>()

  /**
   * Adds a listener; the function that comes back removes it.
   *
   * @throws ConfigurationError for an event that does not exist or a listener that is no function.
   */
  on<E extends keyof SalesforceEvents>(event: E, listener: Listener<E>): () => void {
    checkedChoice('event', event, eventNames)
    checkedFunction('listener', listener)
    const listeners = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, listeners)
    // A wrapper of its own, so that one function added twice can be removed once.
    const entry: Listener<E> = (value) => listener(value)
    listeners.add(entry)
    return () => {
      listeners.delete(entry)
    }
  }

  /** `describe` is called only when somebody listens. */
  emit<E extends keyof SalesforceEvents>(event: E, describe: () => SalesforceEvents[E]): void {
    const listeners = this.#listeners.get(event)
    if (listeners === undefined || listeners.size === 0) return
    const value = describe() as never
    for (const listener of [...listeners]) {
      try {
        const result: unknown = listener(value)
        // Whatever has a `then` may reject, a Promise of another realm too.
        if (typeof result === 'object' && result !== null) Promise.resolve(result).catch(() => {})
      } catch {
        // A listener's own bug must not fail the call.
      }
    }
  }
}
