import type { FailedRequest } from '../errors/salesforce-error.ts'
import type { Clock } from './connection.ts'
import type { Method } from './transport.ts'

/** What stays the same, or is counted, over all attempts of one call. */
export class Call {
  readonly #controller = new AbortController()
  readonly method: Method
  /** Without its query string, as errors and events show it. */
  readonly path: string
  /** The caller's signal. */
  readonly outerSignal: AbortSignal | undefined
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** When it was first sent, else when it began, in milliseconds since the epoch. */
  sentAt: number
  /** When the call's `timeout` has passed. */
  expiresAt: number
  /** How often something was sent, the replay after a renewed session included. */
  attempts = 0
  /** Whether the session was renewed for this call; that happens once. */
  renewed = false
  /** Why the call is sent again. */
  failure: unknown
  /** A login for this call is under way. It has retries of its own. */
  loggingIn = false
  /** Starts the clock of the deadline (again). */
  arm: () => void = nothing
  /** Stops it. */
  disarm: () => void = nothing
  /** Listens to the caller's signal and to the end of the client; ends the call when either has come already. */
  hold: () => void = nothing
  /** Lets go of both: the call is over, its body included. */
  release: () => void = nothing
  /** Ends the call, whether its transport listens to signals or not. */
  end: (reason: unknown) => void = (reason) => this.abort(reason)

  constructor(method: Method, path: string, startedAt: number, timeout: number, outerSignal: AbortSignal | undefined) {
    const query = path.indexOf('?')
    this.method = method
    this.path = query === -1 ? path : path.slice(0, query)
    this.startedAt = startedAt
    this.sentAt = startedAt
    this.expiresAt = startedAt + timeout
    this.outerSignal = outerSignal
  }

  /** Aborted by the caller, by the deadline, or when the client is closed. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Waits for what is not this call's own, such as a person or a body: the deadline's clock stands still meanwhile. */
  async pause<T>(wait: () => Promise<T>, clock: Clock): Promise<T> {
    const since = clock.now()
    this.disarm()
    try {
      return await wait()
    } finally {
      this.expiresAt += clock.now() - since
      if (!this.signal.aborted) this.arm()
    }
  }

  abort(reason: unknown): void {
    this.#controller.abort(reason)
  }

  /** How errors name this call, as of now. */
  describe(): FailedRequest {
    return { method: this.method, path: this.path, attempts: this.attempts }
  }
}

function nothing(): void {}
