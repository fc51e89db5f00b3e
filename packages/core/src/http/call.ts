import type { FailedRequest } from '../errors/salesforce-error.ts'
import { TimeoutError } from '../errors/transport-error.ts'
import type { Clock } from './connection.ts'
import type { Member } from './crowd.ts'
import { Expiry, type SharedTimer } from './shared-timer.ts'
import type { Method } from './transport.ts'

/** What may end a call from outside. */
export interface CallLimits {
  readonly timer: SharedTimer
  readonly active: ActiveCalls
}

/** The calls that the end of the client ends. */
export interface ActiveCalls {
  /** Ends the call at once where the client is closed. */
  add(call: Call): void
  delete(call: Call): void
}

/** What stays the same, or is counted, over all attempts of one call. */
export class Call implements Member {
  place = -1
  readonly #controller = new AbortController()
  readonly #deadline: Expiry
  readonly #timeout: number
  #limits: CallLimits | undefined
  #refuse: ((reason: unknown) => void) | undefined
  #onAbort: (() => void) | undefined
  readonly method: Method
  /** Without its query string, as errors and events show it. */
  readonly path: string
  /** The caller's signal. */
  readonly outerSignal: AbortSignal | undefined
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** When it was first sent, else when it began, in milliseconds since the epoch. */
  sentAt: number
  /** How often something was sent, the replay after a renewed session included. */
  attempts = 0
  /** Whether one of them may have been carried out although it failed. */
  uncertain = false
  /** Whether the session was renewed for this call; that happens once. */
  renewed = false
  /** Why the call is sent again. */
  failure: unknown
  /** Its answer may replace a refresh token: once sent it is not ended with its client. */
  replacesToken = false
  /** A login for this call is under way. It has retries of its own. */
  loggingIn = false
  /** Gives the concurrency slot of the attempt back. */
  freeSlot: (() => void) | undefined
  /** Told when the call is over, its body included. */
  onRelease: (() => void) | undefined

  constructor(method: Method, path: string, startedAt: number, timeout: number, outerSignal: AbortSignal | undefined) {
    const query = path.indexOf('?')
    this.method = method
    this.path = query === -1 ? path : path.slice(0, query)
    this.startedAt = startedAt
    this.sentAt = startedAt
    this.outerSignal = outerSignal
    this.#timeout = timeout
    this.#deadline = new Expiry(startedAt + timeout, () => this.end(this.#timedOut()))
  }

  /** Aborted by the caller, by the deadline, or when the client is closed. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** When the call's `timeout` has passed, in milliseconds since the epoch. */
  get expiresAt(): number {
    return this.#deadline.at
  }

  /** The call begins. `refuse` ends it for its caller, whether its transport listens to signals or not. */
  begin(limits: CallLimits, refuse: (reason: unknown) => void): void {
    this.#limits = limits
    this.#refuse = refuse
    this.hold()
    if (this.signal.aborted) this.end(this.signal.reason)
    else this.arm()
  }

  /** Its headers (or its JSON) are there, or it failed. What refuses it is let go, since that holds the answer. */
  settle(): void {
    this.#refuse = undefined
    this.disarm()
  }

  /** Starts the clock of the deadline (again). */
  arm(): void {
    this.#limits?.timer.add(this.#deadline)
  }

  /** Stops it. */
  disarm(): void {
    this.#limits?.timer.remove(this.#deadline)
  }

  /** Listens to the caller's signal and to the end of the client; ends the call when either has come already. */
  hold(): void {
    const { outerSignal } = this
    if (outerSignal?.aborted) {
      this.end(outerSignal.reason)
      return
    }
    if (outerSignal !== undefined) {
      this.#onAbort ??= () => this.end(outerSignal.reason)
      outerSignal.addEventListener('abort', this.#onAbort, { once: true })
    }
    this.#limits?.active.add(this)
  }

  /** Lets go of both: the call is over, its body included. */
  release(): void {
    if (this.#onAbort !== undefined) this.outerSignal?.removeEventListener('abort', this.#onAbort)
    this.#limits?.active.delete(this)
    this.onRelease?.()
  }

  /** Ends the call. */
  end(reason: unknown): void {
    this.disarm()
    this.release()
    this.#refuse?.(reason)
    this.abort(reason)
  }

  /** Waits for what is not this call's own, such as a person or a body: the deadline's clock stands still meanwhile. */
  async pause<T>(wait: () => Promise<T>, clock: Clock): Promise<T> {
    const since = clock.now()
    this.disarm()
    try {
      return await wait()
    } finally {
      this.#deadline.at += clock.now() - since
      if (!this.signal.aborted) this.arm()
    }
  }

  abort(reason: unknown): void {
    this.#controller.abort(reason)
  }

  /** How errors name this call, as of now. */
  describe(): FailedRequest {
    const { method, path, attempts } = this
    return this.uncertain ? { method, path, attempts, uncertain: true } : { method, path, attempts }
  }

  #timedOut(): TimeoutError {
    const what = this.loggingIn ? 'was still waiting for the login after' : 'had no answer within'
    const unclear = this.attempts > 0 && !this.loggingIn && !/^(?:GET|HEAD)$/.test(this.method)
    const advice = unclear
      ? 'raise timeout, and look whether it was carried out all the same before you send it again'
      : 'raise timeout or try again later'
    const message = `${this.method} ${this.path} ${what} ${this.#timeout} ms; ${advice}`
    return new TimeoutError(message, { request: this.describe(), phase: 'headers' })
  }
}
